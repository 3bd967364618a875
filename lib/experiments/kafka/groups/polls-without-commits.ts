// Without a commit nothing is redelivered as long as the process lives, and everything when it
// restarts.
import type { Experiment } from '../../types.ts'

export const pollsWithoutCommits: Experiment = {
  version: 1,
  id: 'polls-without-commits',
  title: 'Polls without commits',
  source: 'The position is in memory; the committed offset is not',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'max.poll.records': 2,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C', 'D'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'first', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 2 },
    { do: 'poll', as: 'second', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 2 },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
    { do: 'crash', who: 'ann' },
    { do: 'restart', who: 'ann' },
    { do: 'poll', as: 'after', consumer: 'ann', count: 4 },
    { do: 'process', consumer: 'ann', count: 4 },
    { do: 'commit', as: 'commit', consumer: 'ann' },
    { do: 'processed', as: 'processed', group: 'billing' },
    { do: 'fetchOffsets', as: 'committed then', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    first: ['0@0:A', '0@1:B'],
    second: ['0@2:C', '0@3:D'],
    committed: -1,
    after: ['0@0:A', '0@1:B', '0@2:C', '0@3:D'],
    commit: 'ok',
    processed: { 'orders/0': ['A', 'B', 'C', 'D', 'A', 'B', 'C', 'D'] },
    'committed then': 4,
  },
}
