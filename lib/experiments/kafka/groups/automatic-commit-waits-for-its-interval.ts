// Automatic commits happen inside poll, once their interval has passed. Three effects happen twice.
import type { Experiment } from '../../types.ts'

export const automaticCommitWaitsForItsInterval: Experiment = {
  version: 1,
  id: 'automatic-commit-waits-for-its-interval',
  title: 'Automatic commits: a crash before the interval',
  row: 'K23',
  source: 'ConsumerCoordinator.maybeAutoCommitOffsetsAsync',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': true,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C', 'D', 'E'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'polled', consumer: 'ann', count: 5 },
    { do: 'process', consumer: 'ann', count: 3 },
    { do: 'crash', who: 'ann' },
    { do: 'restart', who: 'ann' },
    { do: 'poll', as: 'after', consumer: 'ann', count: 5 },
    { do: 'process', consumer: 'ann', count: 5 },
    { do: 'processed', as: 'processed', group: 'billing' },
  ],
  expect: {
    polled: ['0@0:A', '0@1:B', '0@2:C', '0@3:D', '0@4:E'],
    after: ['0@0:A', '0@1:B', '0@2:C', '0@3:D', '0@4:E'],
    processed: { 'orders/0': ['A', 'B', 'C', 'A', 'B', 'C', 'D', 'E'] },
  },
}
