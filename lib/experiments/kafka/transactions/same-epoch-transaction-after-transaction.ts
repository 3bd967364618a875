// Its epoch stays as it is, and its numbers go on.
import type { Experiment } from '../../types.ts'

export const sameEpochTransactionAfterTransaction: Experiment = {
  version: 1,
  id: 'same-epoch-transaction-after-transaction',
  title: 'Two transactions of a client that speaks the first version',
  row: 'K39',
  source: 'KIP-890: only version 2 raises the epoch with each end',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', as: 'first', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    {
      do: 'produce',
      topic: 'orders',
      values: ['A'],
      producer: 'shop',
      sequence: 0,
      transactional: true,
    },
    { do: 'endTxn', producer: 'shop', result: 'commit' },
    { do: 'addPartitionsToTxn', as: 'added', producer: 'shop', lanes: ['orders/0'] },
    {
      do: 'produce',
      as: 'second',
      topic: 'orders',
      values: ['B'],
      producer: 'shop',
      sequence: 1,
      transactional: true,
    },
    { do: 'endTxn', as: 'ended', producer: 'shop', result: 'commit' },
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'describeTransaction', as: 'known', transactionalId: 'shop' },
  ],
  expect: {
    first: { epoch: 0 },
    added: 'ok',
    second: 'ok@2',
    ended: 'ok',
    log: ['0:A', '1:<COMMIT>', '2:B', '3:<COMMIT>'],
    known: { state: 'CompleteCommit', epoch: 0 },
  },
}
