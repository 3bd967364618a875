// The coordinator answers when the end is decided. Its marker waits until somebody leads the partition.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const committedBeforeTheNextLeader: Experiment = {
  version: 1,
  id: 'committed-before-the-next-leader',
  title: 'A transaction committed while nobody leads',
  source: 'TransactionMarkerChannelManager: markers for unknown leaders are tried again',
  class: 'deterministic',
  topics: { orders: 2 },
  cluster: threeNodes(),
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0', 'orders/1'] },
    {
      do: 'produce',
      as: 'one',
      topic: 'orders',
      values: ['A'],
      producer: 'shop',
      transactional: true,
    },
    {
      do: 'produce',
      as: 'other',
      topic: 'orders',
      partition: 1,
      values: ['B'],
      producer: 'shop',
      transactional: true,
    },
    { do: 'wait', ms: 1000 },
    { do: 'killNode', node: { leaderOf: 'orders/0' } },
    { do: 'endTxn', as: 'commits', producer: 'shop', result: 'commit' },
    { do: 'awaitLeader', as: 'next', topic: 'orders' },
    { do: 'wait', ms: 3000 },
    { do: 'describeTransaction', as: 'known', transactionalId: 'shop' },
    { do: 'fetch', as: 'log of one', topic: 'orders' },
    { do: 'fetch', as: 'log of the other', topic: 'orders', partition: 1 },
    { do: 'listOffsets', as: 'stable', topic: 'orders', at: 'latest', isolation: 'read_committed' },
  ],
  expect: {
    one: 'ok@0',
    other: 'ok@0',
    commits: 'ok',
    next: 'broker-1',
    known: { state: 'CompleteCommit', epoch: 0 },
    'log of one': ['0:A', '1:<COMMIT>'],
    'log of the other': ['0:B', '1:<COMMIT>'],
    stable: 2,
  },
}
