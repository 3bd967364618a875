// The last stable offset is an offset of the log: where the beginning of an open transaction is deleted, it is the
// first one that is left.
import type { Experiment } from '../../types.ts'

export const openTransactionBelowTheStart: Experiment = {
  version: 1,
  id: 'open-transaction-below-the-start',
  title: 'Deleted up to behind the beginning of an open transaction',
  source: 'UnifiedLog.maybeIncrementFirstUnstableOffset',
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
    { do: 'produce', topic: 'orders', values: ['B'] },
    { do: 'produce', topic: 'orders', values: ['C'] },
    ...latest('held back'),
    { do: 'deleteRecords', as: 'deleted', topic: 'orders', before: 2 },
    ...latest('at the start'),
    { do: 'fetch', as: 'open', topic: 'orders', offset: 2, isolation: 'read_committed' },
    { do: 'endTxn', as: 'ended', producer: 'shop', result: 'commit' },
    ...latest('after the end'),
    { do: 'fetch', as: 'committed', topic: 'orders', offset: 2, isolation: 'read_committed' },
  ],
  expect: {
    'held back': 0,
    deleted: 2,
    'at the start': 2,
    open: [],
    ended: 'ok',
    'after the end': 4,
    committed: ['2:C'],
  },
}

function latest(as: string): Experiment['steps'] {
  return [{ do: 'listOffsets', as, topic: 'orders', at: 'latest', isolation: 'read_committed' }]
}
