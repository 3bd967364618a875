// What a consumer has fetched it has: poll returns it though the log begins later by now. Only its next fetch
// would be out of range, and it is not, for it begins behind what was deleted.
import type { Experiment } from '../../types.ts'

export const prefetchedAndDeleted: Experiment = {
  version: 1,
  id: 'prefetched-and-deleted',
  title: 'Records deleted when they had been fetched',
  source: 'Fetcher: records wait in memory between polls; KIP-107',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'max.poll.records': 1,
        'session.timeout.ms': 6000,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'first', consumer: 'ann', count: 1 },
    { do: 'commit', consumer: 'ann' },
    { do: 'deleteRecords', as: 'start', topic: 'orders', before: 3 },
    { do: 'poll', as: 'from memory', consumer: 'ann', count: 1 },
    { do: 'crash', who: 'ann' },
    { do: 'produce', topic: 'orders', values: ['D'] },
    { do: 'restart', who: 'ann' },
    { do: 'poll', as: 'after a crash', consumer: 'ann', count: 1 },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    first: ['0@0:A'],
    start: 3,
    'from memory': ['0@1:B'],
    'after a crash': ['0@3:D'],
    committed: 1,
  },
}
