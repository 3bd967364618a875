// Somebody lowers the retention while a group lies behind. Its committed offset says where it was; what lay
// between is expired: no client is told, and the lag just shrinks.
import type { Experiment } from '../../types.ts'

const settings = {
  'auto.offset.reset': 'earliest',
  'enable.auto.commit': false,
  'session.timeout.ms': 6000,
}

export const expiredBeforeItWasRead: Experiment = {
  version: 1,
  id: 'expired-before-it-was-read',
  title: 'Retention overtakes a group that is down',
  source: 'OFFSET_OUT_OF_RANGE; retention is asked no consumer',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: { ann: { group: 'billing', topic: 'orders', settings } },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 2 },
    { do: 'commit', consumer: 'ann' },
    { do: 'crash', who: 'ann' },
    { do: 'produce', topic: 'orders', values: ['C', 'D'] },
    { do: 'alterTopic', topic: 'orders', settings: { 'retention.ms': 1000 } },
    { do: 'waitUntil', as: 'expired', topic: 'orders', starts: 4 },
    { do: 'alterTopic', topic: 'orders', settings: { 'retention.ms': 604_800_000 } },
    { do: 'produce', topic: 'orders', values: ['E'] },
    { do: 'restart', who: 'ann' },
    { do: 'poll', as: 'goes on', consumer: 'ann', count: 1 },
    { do: 'process', consumer: 'ann', count: 1 },
    { do: 'commit', consumer: 'ann' },
    { do: 'processed', as: 'processed', group: 'billing' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    expired: 'reached',
    'goes on': ['0@4:E'],
    processed: { 'orders/0': ['A', 'B', 'E'] },
    committed: 5,
  },
}
