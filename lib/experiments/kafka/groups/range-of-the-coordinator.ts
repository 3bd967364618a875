// What most members want is taken. Static members come in the order of their names, so that it is the same each time.
import type { Experiment } from '../../types.ts'

export const rangeOfTheCoordinator: Experiment = {
  version: 1,
  id: 'range-of-the-coordinator',
  title: 'The coordinator shares by range',
  source: 'group.remote.assignor; RangeAssignor of the coordinator',
  class: 'deterministic',
  topics: { orders: 3, refunds: 3 },
  steps: [
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'ann joins',
      topics: ['orders', 'refunds'],
      instance: 'till-2',
      assignor: 'range',
    },
    {
      do: 'consumerGroupHeartbeat',
      member: 'bob',
      group: 'billing',
      as: 'bob joins',
      topics: ['orders', 'refunds'],
      instance: 'till-1',
      assignor: 'range',
    },
    { do: 'consumerGroupHeartbeat', member: 'ann', group: 'billing', as: 'ann is to give up' },
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'ann has given up',
      owned: ['orders/2', 'refunds/2'],
    },
    { do: 'consumerGroupHeartbeat', member: 'bob', group: 'billing', as: 'bob gets' },
    {
      do: 'consumerGroupHeartbeat',
      member: 'cid',
      group: 'billing',
      as: 'an unknown assignor',
      topics: ['orders'],
      assignor: 'sticky',
    },
  ],
  expect: {
    'ann joins': {
      epoch: 2,
      assignment: ['orders/0', 'orders/1', 'orders/2', 'refunds/0', 'refunds/1', 'refunds/2'],
    },
    'bob joins': { epoch: 3, assignment: [] },
    'ann is to give up': { epoch: 2, assignment: ['orders/2', 'refunds/2'] },
    'ann has given up': { epoch: 3, assignment: null },
    'bob gets': { epoch: 3, assignment: ['orders/0', 'orders/1', 'refunds/0', 'refunds/1'] },
    'an unknown assignor': 'UNSUPPORTED_ASSIGNOR',
  },
}
