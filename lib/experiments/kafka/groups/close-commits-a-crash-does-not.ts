// Automatic commits: closing makes one, whatever the interval says; a crash makes none.
import type { Experiment } from '../../types.ts'

export const closeCommitsACrashDoesNot: Experiment = {
  version: 1,
  id: 'close-commits-a-crash-does-not',
  title: 'Automatic commits: a close, then a crash',
  source: 'ConsumerCoordinator.close: maybeAutoCommitOffsetsSync',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'auto.commit.interval.ms': 60_000,
        'session.timeout.ms': 6000,
        'max.poll.records': 2,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C', 'D', 'E'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 1 },
    { do: 'close', consumer: 'ann' },
    { do: 'fetchOffsets', as: 'after the close', group: 'billing', lane: 'orders/0' },
    { do: 'restart', who: 'ann' },
    { do: 'poll', as: 'second', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 2 },
    { do: 'crash', who: 'ann' },
    { do: 'restart', who: 'ann' },
    { do: 'poll', as: 'third', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 2 },
    { do: 'fetchOffsets', as: 'after the crash', group: 'billing', lane: 'orders/0' },
    { do: 'processed', as: 'processed', group: 'billing' },
  ],
  expect: {
    'after the close': 2,
    second: ['0@2:C', '0@3:D'],
    third: ['0@2:C', '0@3:D'],
    'after the crash': 2,
    processed: { 'orders/0': ['A', 'C', 'D', 'C', 'D'] },
  },
}
