// The partition is handed over at once; its position waits for the end of the transaction. Who keeps its partition keeps its position, too.
import type { Experiment } from '../../types.ts'

const settings = {
  'auto.offset.reset': 'earliest',
  'enable.auto.commit': false,
  'group.protocol': 'consumer',
} as const

export const joinsWhileOffsetsArePending: Experiment = {
  version: 1,
  id: 'joins-while-offsets-are-pending',
  title: 'A second member joins while offsets of the first are pending',
  source: 'KIP-447: UNSTABLE_OFFSET_COMMIT; KIP-848',
  class: 'deterministic',
  topics: { orders: 2, invoices: 1 },
  producers: {
    writer: { topic: 'invoices', keys: 0, settings: { 'transactional.id': 'billing' } },
  },
  consumers: {
    ann: { group: 'billing', topic: 'orders', settings },
    bob: { group: 'billing', topic: 'orders', settings },
  },
  steps: [
    { do: 'produce', topic: 'orders', partition: 0, values: ['A', 'B'] },
    { do: 'produce', topic: 'orders', partition: 1, values: ['X', 'Y'] },
    { do: 'start', who: 'ann' },
    { do: 'start', who: 'writer' },
    { do: 'initTransactions', producer: 'writer' },
    { do: 'poll', as: 'ann reads', consumer: 'ann', count: 4 },
    { do: 'beginTransaction', producer: 'writer' },
    { do: 'sendOffsets', as: 'offsets', producer: 'writer', consumer: 'ann' },
    { do: 'start', who: 'bob' },
    { do: 'join', as: 'both', consumers: ['ann', 'bob'] },
    { do: 'produce', topic: 'orders', partition: 1, values: ['Z'] },
    { do: 'poll', as: 'bob waits', consumer: 'bob', count: 1, withinMs: 3000 },
    { do: 'abortTransaction', as: 'aborts', producer: 'writer' },
    { do: 'poll', as: 'bob reads', consumer: 'bob', count: 3 },
    { do: 'beginTransaction', producer: 'writer' },
    { do: 'sendOffsets', as: 'offsets of ann', producer: 'writer', consumer: 'ann' },
    { do: 'sendOffsets', as: 'offsets of bob', producer: 'writer', consumer: 'bob' },
    { do: 'commitTransaction', as: 'commits', producer: 'writer' },
    {
      do: 'fetchOffsets',
      as: 'position of ann',
      group: 'billing',
      lane: 'orders/0',
      requireStable: true,
    },
    {
      do: 'fetchOffsets',
      as: 'position of bob',
      group: 'billing',
      lane: 'orders/1',
      requireStable: true,
    },
  ],
  expect: {
    'ann reads': ['0@0:A', '0@1:B', '1@0:X', '1@1:Y'],
    offsets: 'ok',
    both: {
      ann: { has: ['orders/0'], revoked: ['orders/1'] },
      bob: { has: ['orders/1'], revoked: [] },
    },
    'bob waits': [],
    aborts: 'ok',
    'bob reads': ['1@0:X', '1@1:Y', '1@2:Z'],
    'offsets of ann': 'ok',
    'offsets of bob': 'ok',
    commits: 'ok',
    'position of ann': 2,
    'position of bob': 3,
  },
}
