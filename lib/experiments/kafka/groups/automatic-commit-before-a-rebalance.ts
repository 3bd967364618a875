// Before it gives up its partitions a member with automatic commits commits what it polled: nothing
// is read twice.
import type { Experiment } from '../../types.ts'

export const automaticCommitBeforeARebalance: Experiment = {
  version: 1,
  id: 'automatic-commit-before-a-rebalance',
  title: 'Automatic commits: a rebalance comes first',
  source: 'ConsumerCoordinator.onJoinPrepare',
  class: 'deterministic',
  topics: { orders: 2 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': true,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'partition.assignment.strategy': 'RangeAssignor',
        'auto.commit.interval.ms': 600000,
      },
    },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': true,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'partition.assignment.strategy': 'RangeAssignor',
        'auto.commit.interval.ms': 600000,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'produce', topic: 'orders', partition: 1, values: ['C'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'to ann', consumer: 'ann', count: 3 },
    { do: 'process', consumer: 'ann', count: 3 },
    { do: 'start', who: 'bob' },
    { do: 'join', as: 'both', consumers: ['ann', 'bob'] },
    { do: 'fetchOffsets', as: 'committed 0', group: 'billing', lane: 'orders/0' },
    { do: 'fetchOffsets', as: 'committed 1', group: 'billing', lane: 'orders/1' },
    { do: 'poll', as: 'to bob', consumer: 'bob', count: 1, withinMs: 1500 },
  ],
  expect: {
    'to ann': ['0@0:A', '0@1:B', '1@0:C'],
    both: {
      ann: { has: ['orders/0'], revoked: ['orders/0', 'orders/1'] },
      bob: { has: ['orders/1'], revoked: [] },
    },
    'committed 0': 2,
    'committed 1': 1,
    'to bob': [],
  },
}
