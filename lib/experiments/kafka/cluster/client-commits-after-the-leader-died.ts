// The client finds the next leader by itself, and the commit waits until the batch stands there.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const clientCommitsAfterTheLeaderDied: Experiment = {
  version: 1,
  id: 'client-commits-after-the-leader-died',
  title: 'A client commits after the leader of its partition was killed',
  source: 'KIP-98 and KIP-890: the transaction is the coordinator’s, not the leader’s',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  producers: {
    shop: { topic: 'orders', keys: 0, settings: { 'transactional.id': 'shop', 'linger.ms': 0 } },
  },
  steps: [
    { do: 'start', who: 'shop' },
    { do: 'initTransactions', as: 'ready', producer: 'shop' },
    { do: 'beginTransaction', producer: 'shop' },
    { do: 'send', as: 'first', producer: 'shop', value: 'A' },
    { do: 'wait', ms: 1000 },
    { do: 'killNode', node: { leaderOf: 'orders/0' } },
    { do: 'awaitLeader', as: 'next', topic: 'orders' },
    { do: 'send', as: 'second', producer: 'shop', value: 'B' },
    { do: 'commitTransaction', as: 'commits', producer: 'shop' },
    { do: 'wait', ms: 1000 },
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'beginTransaction', producer: 'shop' },
    { do: 'send', as: 'third', producer: 'shop', value: 'C' },
    { do: 'abortTransaction', as: 'aborts', producer: 'shop' },
    { do: 'wait', ms: 1000 },
    { do: 'fetch', as: 'committed', topic: 'orders', isolation: 'read_committed' },
    { do: 'fetch', as: 'log at last', topic: 'orders' },
  ],
  expect: {
    ready: 'ok',
    first: '0@0',
    next: 'broker-1',
    second: '0@1',
    commits: 'ok',
    log: ['0:A', '1:B', '2:<COMMIT>'],
    third: '0@3',
    aborts: 'ok',
    committed: ['0:A', '1:B'],
    'log at last': ['0:A', '1:B', '2:<COMMIT>', '3:C', '4:<ABORT>'],
  },
}
