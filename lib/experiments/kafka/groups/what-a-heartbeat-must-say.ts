// Who joins says what it reads and owns nothing; only a static member goes away for a while.
import type { Experiment } from '../../types.ts'

export const whatAHeartbeatMustSay: Experiment = {
  version: 1,
  id: 'what-a-heartbeat-must-say',
  title: 'A heartbeat that says too little or too much',
  source: 'GroupMetadataManager.throwIfConsumerGroupHeartbeatRequestIsInvalid',
  class: 'deterministic',
  topics: { orders: 2 },
  steps: [
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'without topics',
      epoch: 0,
    },
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'with partitions',
      epoch: 0,
      topics: ['orders'],
      owned: ['orders/0'],
    },
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'joins',
      epoch: 0,
      topics: ['orders'],
    },
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'away without a name',
      epoch: -2,
    },
    { do: 'consumerGroupHeartbeat', member: 'ann', group: 'billing', as: 'goes on', epoch: 2 },
  ],
  expect: {
    'without topics': 'INVALID_REQUEST',
    'with partitions': 'INVALID_REQUEST',
    joins: { epoch: 2, assignment: ['orders/0', 'orders/1'] },
    'away without a name': 'INVALID_REQUEST',
    'goes on': { epoch: 2, assignment: null },
  },
}
