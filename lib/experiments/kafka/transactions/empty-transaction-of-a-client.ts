// Nobody is told, and its epoch stays.
import type { Experiment } from '../../types.ts'

export const emptyTransactionOfAClient: Experiment = {
  version: 1,
  id: 'empty-transaction-of-a-client',
  title: 'A Java client commits and aborts transactions in which it sent nothing',
  source: 'TransactionManager: EndTxn is not sent unless the transaction was started',
  class: 'deterministic',
  topics: { orders: 1 },
  producers: {
    shop: { topic: 'orders', keys: 0, settings: { 'transactional.id': 'shop' } },
  },
  steps: [
    { do: 'start', who: 'shop' },
    { do: 'initTransactions', producer: 'shop' },
    { do: 'beginTransaction', producer: 'shop' },
    { do: 'commitTransaction', as: 'committed', producer: 'shop' },
    { do: 'beginTransaction', producer: 'shop' },
    { do: 'abortTransaction', as: 'aborted', producer: 'shop' },
    { do: 'describeTransaction', as: 'known', transactionalId: 'shop' },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: { committed: 'ok', aborted: 'ok', known: { state: 'Empty', epoch: 0 }, log: [] },
}
