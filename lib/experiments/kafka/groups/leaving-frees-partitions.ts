// The others get them with their next heartbeat; the epochs count who came and went.
import type { Experiment } from '../../types.ts'

export const leavingFreesPartitions: Experiment = {
  version: 1,
  id: 'leaving-frees-partitions',
  title: 'Who leaves frees its partitions at once',
  source: 'KIP-848; GroupMetadataManager.consumerGroupFenceMember',
  class: 'deterministic',
  topics: { orders: 4 },
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
      member: 'bob',
      group: 'billing',
      as: 'bob joins',
      topics: ['orders'],
    },
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'ann gives up',
      owned: ['orders/0', 'orders/1'],
    },
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'ann has given up',
      owned: ['orders/0', 'orders/1'],
    },
    { do: 'consumerGroupHeartbeat', member: 'bob', group: 'billing', as: 'bob gets' },
    { do: 'consumerGroupHeartbeat', member: 'bob', group: 'billing', as: 'bob leaves', epoch: -1 },
    { do: 'consumerGroupHeartbeat', member: 'ann', group: 'billing', as: 'ann gets' },
    { do: 'consumerGroupHeartbeat', member: 'ann', group: 'billing', as: 'ann leaves', epoch: -1 },
    {
      do: 'consumerGroupHeartbeat',
      member: 'cid',
      group: 'billing',
      as: 'cid joins',
      topics: ['orders'],
    },
  ],
  expect: {
    'ann joins': { epoch: 2, assignment: ['orders/0', 'orders/1', 'orders/2', 'orders/3'] },
    'bob joins': { epoch: 3, assignment: [] },
    'ann gives up': { epoch: 3, assignment: ['orders/0', 'orders/1'] },
    'ann has given up': { epoch: 3, assignment: null },
    'bob gets': { epoch: 3, assignment: ['orders/2', 'orders/3'] },
    'bob leaves': { epoch: -1, assignment: null },
    'ann gets': { epoch: 4, assignment: ['orders/0', 'orders/1', 'orders/2', 'orders/3'] },
    'ann leaves': { epoch: -1, assignment: null },
    'cid joins': { epoch: 6, assignment: ['orders/0', 'orders/1', 'orders/2', 'orders/3'] },
  },
}
