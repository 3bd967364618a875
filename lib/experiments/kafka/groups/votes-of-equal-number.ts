// Two assignors with one vote each: which is chosen does not depend on who joined first, so that the first one's
// return under a new id changes nothing.
import type { Experiment } from '../../types.ts'

export const votesOfEqualNumber: Experiment = {
  version: 1,
  id: 'votes-of-equal-number',
  title:
    'A static member comes back to a group with as many votes for one assignor as for the other',
  source: 'ClassicGroup.selectProtocol; KIP-345, KIP-814',
  class: 'deterministic',
  topics: { orders: 2 },
  steps: [
    {
      do: 'joinGroup',
      member: 'ann',
      group: 'billing',
      topics: ['orders'],
      protocols: ['range', 'roundrobin'],
      instance: 'till-1',
    },
    { do: 'syncGroup', member: 'ann', assign: { ann: ['orders/0', 'orders/1'] } },
    {
      do: 'joinGroup',
      as: 'bob joins',
      member: 'bob',
      group: 'billing',
      topics: ['orders'],
      protocols: ['roundrobin', 'range'],
      later: true,
    },
    {
      do: 'joinGroup',
      member: 'ann',
      group: 'billing',
      topics: ['orders'],
      protocols: ['range', 'roundrobin'],
    },
    { do: 'await', step: 'bob joins' },
    { do: 'syncGroup', as: 'bob syncs', member: 'bob', later: true },
    { do: 'syncGroup', member: 'ann', assign: { ann: ['orders/0'], bob: ['orders/1'] } },
    { do: 'await', as: 'bob has', step: 'bob syncs' },
    {
      do: 'joinGroup',
      as: 'ann is back',
      member: 'ann-2',
      group: 'billing',
      topics: ['orders'],
      protocols: ['range', 'roundrobin'],
      instance: 'till-1',
    },
    { do: 'syncGroup', as: 'ann has', member: 'ann-2' },
    { do: 'heartbeat', as: 'bob beats', member: 'bob' },
  ],
  expect: {
    'bob has': ['orders/1'],
    'ann is back': { generation: 2, leads: true, members: 2 },
    'ann has': ['orders/0'],
    'bob beats': 'ok',
  },
}
