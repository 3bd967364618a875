// Who offers no assignor that all others offer is not let in, and a member may not change to one.
import type { Experiment } from '../../types.ts'

export const noAssignorInCommon: Experiment = {
  version: 1,
  id: 'no-assignor-in-common',
  title: 'Members without an assignor in common',
  source: 'ClassicGroup.supportsProtocols; INCONSISTENT_GROUP_PROTOCOL',
  class: 'deterministic',
  topics: { orders: 2 },
  groups: { billing: { 'session.timeout.ms': 10000, 'max.poll.interval.ms': 10000 } },
  steps: [
    { do: 'joinGroup', member: 'ann', group: 'billing', topics: ['orders'], as: 'ann joins' },
    {
      do: 'joinGroup',
      member: 'bob',
      group: 'billing',
      topics: ['orders'],
      protocols: ['roundrobin'],
      as: 'bob joins',
    },
    {
      do: 'joinGroup',
      member: 'ann',
      group: 'billing',
      topics: ['orders'],
      protocols: ['roundrobin'],
      as: 'ann, the only member, changes',
    },
    { do: 'heartbeat', member: 'ann', as: 'ann is still there' },
    { do: 'leaveGroup', member: 'ann' },
    {
      do: 'joinGroup',
      member: 'bob',
      group: 'billing',
      topics: ['orders'],
      protocols: ['roundrobin'],
      as: 'bob joins the empty group',
    },
    {
      do: 'joinGroup',
      member: 'ann',
      group: 'billing',
      topics: ['orders'],
      as: 'ann under an id that has left',
    },
  ],
  expect: {
    'ann joins': { generation: 1, leads: true, members: 1 },
    'bob joins': 'INCONSISTENT_GROUP_PROTOCOL',
    'ann, the only member, changes': 'INCONSISTENT_GROUP_PROTOCOL',
    'ann is still there': 'ok',
    'bob joins the empty group': { generation: 3, leads: true, members: 1 },
    'ann under an id that has left': 'INCONSISTENT_GROUP_PROTOCOL',
  },
}
