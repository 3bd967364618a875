// The stable offset moves on to where the younger one begins.
import type { Experiment } from '../../types.ts'

export const laterTransactionStaysOpen: Experiment = {
  version: 1,
  id: 'later-transaction-stays-open',
  title: 'Of two transactions in one partition the older one ends first',
  source: 'KIP-98; UnifiedLog.firstUnstableOffset',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'one', transactionalId: 'one' },
    { do: 'initProducerId', producer: 'two', transactionalId: 'two' },
    { do: 'addPartitionsToTxn', producer: 'one', lanes: ['orders/0'] },
    { do: 'addPartitionsToTxn', producer: 'two', lanes: ['orders/0'] },
    {
      do: 'produce',
      topic: 'orders',
      values: ['A'],
      producer: 'one',
      sequence: 0,
      transactional: true,
    },
    {
      do: 'produce',
      topic: 'orders',
      values: ['B'],
      producer: 'two',
      sequence: 0,
      transactional: true,
    },
    { do: 'produce', topic: 'orders', values: ['N'] },
    { do: 'endTxn', producer: 'one', result: 'commit' },
    { do: 'fetch', as: 'older ended', topic: 'orders', isolation: 'read_committed' },
    {
      do: 'listOffsets',
      as: 'stable end',
      topic: 'orders',
      at: 'latest',
      isolation: 'read_committed',
    },
    { do: 'listOffsets', as: 'end', topic: 'orders', at: 'latest' },
    { do: 'endTxn', producer: 'two', result: 'commit' },
    { do: 'fetch', as: 'both ended', topic: 'orders', isolation: 'read_committed' },
  ],
  expect: { 'older ended': ['0:A'], 'stable end': 1, end: 4, 'both ended': ['0:A', '1:B', '2:N'] },
}
