// It is handed neither aborted nor open ones, and its position moves past the ends of transactions.
import type { Experiment } from '../../types.ts'

export const readCommittedConsumer: Experiment = {
  version: 1,
  id: 'read-committed-consumer',
  title: 'A consumer that reads committed records only',
  source: 'isolation.level; CompletedFetch',
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
      },
    },
  },
  steps: [
    { do: 'start', who: 'shop' },
    { do: 'start', who: 'reader' },
    { do: 'join', consumers: ['reader'] },
    { do: 'initTransactions', producer: 'shop' },
    { do: 'beginTransaction', producer: 'shop' },
    { do: 'send', producer: 'shop', value: 'A' },
    { do: 'abortTransaction', producer: 'shop' },
    { do: 'beginTransaction', producer: 'shop' },
    { do: 'send', producer: 'shop', value: 'B' },
    { do: 'send', producer: 'shop', value: 'C' },
    { do: 'commitTransaction', producer: 'shop' },
    { do: 'beginTransaction', producer: 'shop' },
    { do: 'send', producer: 'shop', value: 'D' },
    { do: 'poll', as: 'while one is open', consumer: 'reader', count: 3, withinMs: 6000 },
    { do: 'commit', consumer: 'reader' },
    { do: 'fetchOffsets', as: 'position', group: 'billing', lane: 'orders/0', requireStable: true },
    { do: 'commitTransaction', producer: 'shop' },
    { do: 'poll', as: 'afterwards', consumer: 'reader', count: 1 },
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
    'while one is open': ['0@2:B', '0@3:C'],
    position: 5,
    afterwards: ['0@5:D'],
    'position afterwards': 7,
  },
}
