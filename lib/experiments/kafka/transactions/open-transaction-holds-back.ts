// They are as invisible to read_committed readers as the transaction, until that ends.
import type { Experiment } from '../../types.ts'

export const openTransactionHoldsBack: Experiment = {
  version: 1,
  id: 'open-transaction-holds-back',
  title: 'Plain records behind an open transaction',
  row: 'K15',
  source: 'KIP-98; UnifiedLog.lastStableOffset',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    {
      do: 'produce',
      topic: 'orders',
      values: ['A'],
      producer: 'shop',
      sequence: 0,
      transactional: true,
    },
    { do: 'produce', topic: 'orders', values: ['N1'] },
    { do: 'produce', topic: 'orders', values: ['N2'] },
    { do: 'fetch', as: 'committed', topic: 'orders', isolation: 'read_committed' },
    { do: 'fetch', as: 'uncommitted', topic: 'orders', isolation: 'read_uncommitted' },
    { do: 'endTxn', producer: 'shop', result: 'commit' },
    { do: 'fetch', as: 'committed afterwards', topic: 'orders', isolation: 'read_committed' },
  ],
  expect: {
    committed: [],
    uncommitted: ['0:A', '1:N1', '2:N2'],
    'committed afterwards': ['0:A', '1:N1', '2:N2'],
  },
}
