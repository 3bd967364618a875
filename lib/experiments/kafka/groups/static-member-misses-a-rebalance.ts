// It is carried into the next generation without a word, and only its session ends its place.
import type { Experiment } from '../../types.ts'

export const staticMemberMissesARebalance: Experiment = {
  version: 1,
  id: 'static-member-misses-a-rebalance',
  title: 'A static member that does not join again',
  source: 'KIP-345; GroupMetadataManager.completeClassicGroupJoin',
  class: 'deterministic',
  topics: { orders: 2 },
  groups: { billing: { 'session.timeout.ms': 20000, 'max.poll.interval.ms': 4000 } },
  steps: [
    {
      do: 'joinGroup',
      member: 'ann',
      group: 'billing',
      topics: ['orders'],
      instance: 'till-1',
      as: 'ann joins',
    },
    { do: 'syncGroup', member: 'ann', assign: { ann: ['orders/0', 'orders/1'] } },
    { do: 'joinGroup', member: 'bob', group: 'billing', topics: ['orders'], as: 'bob joins' },
    { do: 'heartbeat', member: 'ann', as: 'ann beats in her generation' },
    { do: 'heartbeat', member: 'ann', generation: 2, as: 'ann beats in the next' },
  ],
  expect: {
    'ann joins': { generation: 1, leads: true, members: 1 },
    'bob joins': { generation: 2, leads: true, members: 2 },
    'ann beats in her generation': 'ILLEGAL_GENERATION',
    'ann beats in the next': 'ok',
  },
}
