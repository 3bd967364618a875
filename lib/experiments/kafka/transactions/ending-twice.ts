// The same end once more is well: its answer may have been lost. The other end is not.
import type { Experiment } from '../../types.ts'

export const endingTwice: Experiment = {
  version: 1,
  id: 'ending-twice',
  title: 'Committing twice, and aborting what was committed',
  source: 'TransactionCoordinator.endTransaction',
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
    { do: 'endTxn', as: 'first', producer: 'shop', result: 'commit' },
    { do: 'endTxn', as: 'again', producer: 'shop', result: 'commit' },
    { do: 'endTxn', as: 'the other', producer: 'shop', result: 'abort' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    {
      do: 'produce',
      topic: 'orders',
      values: ['B'],
      producer: 'shop',
      sequence: 1,
      transactional: true,
    },
    { do: 'endTxn', as: 'second', producer: 'shop', result: 'abort' },
    { do: 'endTxn', as: 'second again', producer: 'shop', result: 'abort' },
    { do: 'endTxn', as: 'second the other', producer: 'shop', result: 'commit' },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: {
    first: 'ok',
    again: 'ok',
    'the other': 'INVALID_TXN_STATE',
    second: 'ok',
    'second again': 'ok',
    'second the other': 'INVALID_TXN_STATE',
    log: ['0:A', '1:<COMMIT>', '2:B', '3:<ABORT>'],
  },
}
