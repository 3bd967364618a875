// The start of a transaction is in the coordinator's log: its time goes on whoever leads.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const timesOutAfterFailOver: Experiment = {
  version: 1,
  id: 'times-out-after-fail-over',
  title: 'A transaction that stays open over a fail-over',
  source: 'TransactionCoordinator.abortTimedOutTransactions; its start is in __transaction_state',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop', timeoutMs: 20_000 },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    {
      do: 'produce',
      topic: 'orders',
      values: ['A'],
      producer: 'shop',
      sequence: 0,
      transactional: true,
    },
    { do: 'wait', ms: 1000 },
    { do: 'killNode', node: { leaderOf: 'orders/0' } },
    { do: 'awaitLeader', as: 'next', topic: 'orders' },
    { do: 'describeTransaction', as: 'open', transactionalId: 'shop' },
    { do: 'wait', ms: 20_000 },
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'endTxn', as: 'too late', producer: 'shop', result: 'commit' },
    {
      do: 'produce',
      as: 'writes',
      topic: 'orders',
      values: ['B'],
      producer: 'shop',
      sequence: 1,
      transactional: true,
    },
    { do: 'describeTransaction', as: 'known', transactionalId: 'shop' },
    { do: 'initProducerId', as: 'again', producer: 'shop', transactionalId: 'shop' },
  ],
  expect: {
    next: 'broker-1',
    open: { state: 'Ongoing', epoch: 0 },
    log: ['0:A', '1:<ABORT>'],
    'too late': 'PRODUCER_FENCED',
    writes: 'INVALID_PRODUCER_EPOCH',
    known: { state: 'CompleteAbort', epoch: 1 },
    again: { epoch: 2 },
  },
}
