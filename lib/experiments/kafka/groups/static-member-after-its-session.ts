// Its place is kept for session.timeout.ms and no longer; then its name is that of nobody.
import type { Experiment } from '../../types.ts'

export const staticMemberAfterItsSession: Experiment = {
  version: 1,
  id: 'static-member-after-its-session',
  title: 'A static member comes back too late',
  source: 'KIP-345; GroupMetadataManager.expireClassicGroupMemberHeartbeat',
  class: 'deterministic',
  topics: { orders: 2 },
  groups: { billing: { 'session.timeout.ms': 2000, 'max.poll.interval.ms': 10000 } },
  steps: [
    { do: 'joinGroup', member: 'bob', group: 'billing', topics: ['orders'], instance: 'till-2' },
    { do: 'syncGroup', member: 'bob', as: 'bob has', assign: { bob: ['orders/0', 'orders/1'] } },
    { do: 'wait', ms: 3500 },
    { do: 'heartbeat', member: 'bob', as: 'bob beats' },
    {
      do: 'joinGroup',
      member: 'bob',
      group: 'billing',
      topics: ['orders'],
      as: 'bob again',
      fresh: true,
    },
    { do: 'syncGroup', member: 'bob', as: 'bob has nothing', assign: { bob: ['orders/1'] } },
    {
      do: 'commitOffsets',
      group: 'billing',
      offsets: { 'orders/1': 1 },
      member: 'bob',
      as: 'bob commits',
    },
  ],
  expect: {
    'bob has': ['orders/0', 'orders/1'],
    'bob beats': 'UNKNOWN_MEMBER_ID',
    'bob again': { generation: 3, leads: true, members: 1 },
    'bob has nothing': ['orders/1'],
    'bob commits': 'ok',
  },
}
