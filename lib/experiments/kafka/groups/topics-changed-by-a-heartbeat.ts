// The group epoch moves only when the list is another.
import type { Experiment } from '../../types.ts'

export const topicsChangedByAHeartbeat: Experiment = {
  version: 1,
  id: 'topics-changed-by-a-heartbeat',
  title: 'A member changes what it reads',
  source: 'KIP-848; GroupMetadataManager.hasMemberSubscriptionChanged',
  class: 'deterministic',
  topics: { orders: 2, refunds: 1 },
  steps: [
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'ann joins',
      topics: ['orders'],
    },
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'the same topics',
      topics: ['orders'],
    },
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'more topics',
      topics: ['orders', 'refunds'],
    },
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'fewer topics',
      topics: ['refunds'],
    },
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'ann has given up',
      owned: ['refunds/0'],
    },
  ],
  expect: {
    'ann joins': { epoch: 2, assignment: ['orders/0', 'orders/1'] },
    'the same topics': { epoch: 2, assignment: null },
    'more topics': { epoch: 3, assignment: ['orders/0', 'orders/1', 'refunds/0'] },
    'fewer topics': { epoch: 3, assignment: ['refunds/0'] },
    'ann has given up': { epoch: 4, assignment: null },
  },
}
