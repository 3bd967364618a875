// The abort is decided without the partition; its marker waits for the next leader.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const timesOutWhileNobodyLeads: Experiment = {
  version: 1,
  id: 'times-out-while-nobody-leads',
  title: 'A transaction that times out while nobody leads',
  source: 'TransactionCoordinator.abortTimedOutTransactions; TransactionMarkerChannelManager',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop', timeoutMs: 3000 },
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
    { do: 'wait', ms: 14_000 },
    { do: 'describeTransaction', as: 'known', transactionalId: 'shop' },
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'fetch', as: 'committed', topic: 'orders', isolation: 'read_committed' },
    { do: 'endTxn', as: 'too late', producer: 'shop', result: 'commit' },
  ],
  expect: {
    known: { state: 'CompleteAbort', epoch: 1 },
    log: ['0:A', '1:<ABORT>'],
    committed: [],
    'too late': 'PRODUCER_FENCED',
  },
}
