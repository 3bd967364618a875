// Its successor has the partition, but no position to read from until the transaction of the one that died has ended.
import type { Experiment } from '../../types.ts'

const settings = {
  'auto.offset.reset': 'earliest',
  'enable.auto.commit': false,
  'group.protocol': 'consumer',
} as const

export const takeoverWaitsForPendingOffsets: Experiment = {
  version: 1,
  id: 'takeover-waits-for-pending-offsets',
  title: 'A member of the new protocol dies with its offsets pending',
  source: 'KIP-447: UNSTABLE_OFFSET_COMMIT; KIP-848',
  class: 'deterministic',
  topics: { orders: 1, invoices: 1 },
  groups: { billing: { 'consumer.session.timeout.ms': 5000 } },
  producers: {
    writer: { topic: 'invoices', keys: 0, settings: { 'transactional.id': 'writer' } },
  },
  consumers: {
    ann: { group: 'billing', topic: 'orders', settings },
    bob: { group: 'billing', topic: 'orders', settings },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C'] },
    { do: 'start', who: 'ann' },
    { do: 'start', who: 'writer' },
    { do: 'initTransactions', producer: 'writer' },
    { do: 'poll', as: 'ann reads', consumer: 'ann', count: 3 },
    { do: 'beginTransaction', producer: 'writer' },
    { do: 'send', as: 'written', producer: 'writer', value: 'abc' },
    { do: 'sendOffsets', as: 'offsets', producer: 'writer', consumer: 'ann' },
    { do: 'crash', who: 'ann' },
    { do: 'start', who: 'bob' },
    { do: 'poll', as: 'bob waits', consumer: 'bob', count: 1, withinMs: 10_000 },
    { do: 'abortTransaction', as: 'aborts', producer: 'writer' },
    { do: 'poll', as: 'bob reads', consumer: 'bob', count: 3 },
    { do: 'beginTransaction', producer: 'writer' },
    { do: 'send', as: 'written again', producer: 'writer', value: 'abc' },
    { do: 'sendOffsets', as: 'offsets of bob', producer: 'writer', consumer: 'bob' },
    { do: 'fetchOffsets', as: 'unstable', group: 'billing', lane: 'orders/0', requireStable: true },
    { do: 'commitTransaction', as: 'commits', producer: 'writer' },
    { do: 'fetchOffsets', as: 'position', group: 'billing', lane: 'orders/0', requireStable: true },
    { do: 'fetch', as: 'invoices', topic: 'invoices', isolation: 'read_committed' },
  ],
  expect: {
    'ann reads': ['0@0:A', '0@1:B', '0@2:C'],
    written: '0@0',
    offsets: 'ok',
    'bob waits': [],
    aborts: 'ok',
    'bob reads': ['0@0:A', '0@1:B', '0@2:C'],
    'written again': '0@2',
    'offsets of bob': 'ok',
    unstable: 'UNSTABLE_OFFSET_COMMIT',
    commits: 'ok',
    position: 3,
    invoices: ['2:abc'],
  },
}
