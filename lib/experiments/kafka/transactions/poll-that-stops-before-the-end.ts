// The position moves past the end of a transaction only when a poll looks further.
import type { Experiment } from '../../types.ts'

export const pollThatStopsBeforeTheEnd: Experiment = {
  version: 1,
  id: 'poll-that-stops-before-the-end',
  title: 'A poll that is full just before the end of a transaction',
  source: 'CompletedFetch.fetchRecords',
  class: 'deterministic',
  topics: { orders: 1 },
  producers: {
    shop: { topic: 'orders', keys: 0, settings: { 'transactional.id': 'shop' } },
  },
  consumers: {
    reader: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 1000,
        'isolation.level': 'read_committed',
        'max.poll.records': 1,
      },
    },
  },
  steps: [
    { do: 'start', who: 'shop' },
    { do: 'initTransactions', producer: 'shop' },
    { do: 'beginTransaction', producer: 'shop' },
    { do: 'send', producer: 'shop', value: 'A' },
    { do: 'send', producer: 'shop', value: 'B' },
    { do: 'commitTransaction', producer: 'shop' },
    { do: 'start', who: 'reader' },
    { do: 'poll', as: 'first', consumer: 'reader', count: 1 },
    { do: 'poll', as: 'second', consumer: 'reader', count: 1 },
    { do: 'commit', consumer: 'reader' },
    { do: 'fetchOffsets', as: 'position', group: 'billing', lane: 'orders/0', requireStable: true },
    { do: 'poll', as: 'nothing more', consumer: 'reader', count: 1, withinMs: 3000 },
    { do: 'commit', consumer: 'reader' },
    {
      do: 'fetchOffsets',
      as: 'position afterwards',
      group: 'billing',
      lane: 'orders/0',
      requireStable: true,
    },
  ],
  expect: {
    first: ['0@0:A'],
    second: ['0@1:B'],
    position: 2,
    'nothing more': [],
    'position afterwards': 3,
  },
}
