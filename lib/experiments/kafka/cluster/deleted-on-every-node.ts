// An administrator deletes records: the leader answers when every replica begins there, so that who leads next
// begins there too. Another client's record stands behind them. (A leader that dies takes nothing back.)
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const deletedOnEveryNode: Experiment = {
  version: 1,
  id: 'deleted-on-every-node',
  title: 'Records deleted by an administrator are gone from the next leader too',
  source: 'KIP-107; DelayedDeleteRecords; ReplicaManager.deleteRecords',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C'] },
    { do: 'deleteRecords', as: 'deleted', topic: 'orders', before: 2 },
    { do: 'waitUntil', as: 'leader', topic: 'orders', starts: 2, log: ['2:C'] },
    { do: 'platformaticSend', as: 'another', topic: 'orders', key: 'k', value: 'D' },
    { do: 'wait', ms: 1000 },
    { do: 'killNode', node: { leaderOf: 'orders/0' } },
    { do: 'awaitLeader', as: 'next', topic: 'orders' },
    { do: 'listOffsets', as: 'starts', topic: 'orders', at: 'earliest' },
    { do: 'fetch', as: 'below', topic: 'orders', offset: 1 },
    { do: 'fetch', as: 'log', topic: 'orders', offset: 2 },
  ],
  expect: {
    deleted: 2,
    leader: 'reached',
    another: '0@3',
    next: 'broker-1',
    starts: 2,
    below: 'OFFSET_OUT_OF_RANGE',
    log: ['2:C', '3:D'],
  },
}
