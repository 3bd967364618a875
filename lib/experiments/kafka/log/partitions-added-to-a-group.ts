// No member has to look: the next heartbeat brings them.
import type { Experiment } from '../../types.ts'

export const partitionsAddedToAGroup: Experiment = {
  version: 1,
  id: 'partitions-added-to-a-group',
  title: 'The coordinator notices added partitions',
  source: 'KIP-848; GroupMetadataManager.onNewMetadataImage',
  class: 'deterministic',
  topics: { orders: 2 },
  steps: [
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'ann joins',
      topics: ['orders'],
    },
    { do: 'addPartitions', topic: 'orders', partitions: 4 },
    { do: 'wait', ms: 1500 },
    { do: 'consumerGroupHeartbeat', member: 'ann', group: 'billing', as: 'ann gets' },
    { do: 'consumerGroupHeartbeat', member: 'ann', group: 'billing', as: 'ann goes on' },
  ],
  expect: {
    'ann joins': { epoch: 2, assignment: ['orders/0', 'orders/1'] },
    'ann gets': { epoch: 3, assignment: ['orders/0', 'orders/1', 'orders/2', 'orders/3'] },
    'ann goes on': { epoch: 3, assignment: null },
  },
}
