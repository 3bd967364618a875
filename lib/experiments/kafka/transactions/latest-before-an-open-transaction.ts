// For read_committed the end is where the oldest open transaction begins: what commits later is read.
import type { Experiment } from '../../types.ts'

export const latestBeforeAnOpenTransaction: Experiment = {
  version: 1,
  id: 'latest-before-an-open-transaction',
  title: 'A group that begins at the latest committed record',
  source: 'ListOffsets with isolation_level; auto.offset.reset=latest',
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
        'auto.offset.reset': 'latest',
        'enable.auto.commit': false,
        'isolation.level': 'read_committed',
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['N'] },
    { do: 'start', who: 'shop' },
    { do: 'initTransactions', producer: 'shop' },
    { do: 'beginTransaction', producer: 'shop' },
    { do: 'send', producer: 'shop', value: 'A' },
    { do: 'start', who: 'reader' },
    { do: 'join', consumers: ['reader'] },
    { do: 'commitTransaction', producer: 'shop' },
    { do: 'poll', as: 'read', consumer: 'reader', count: 1 },
  ],
  expect: { read: ['0@1:A'] },
}
