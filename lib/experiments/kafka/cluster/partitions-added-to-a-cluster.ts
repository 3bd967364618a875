// New partitions stand on the nodes after those of the old ones, and a transaction may write to them at once.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const partitionsAddedToACluster: Experiment = {
  version: 1,
  id: 'partitions-added-to-a-cluster',
  title: 'Partitions added to a topic of a cluster',
  source: 'CreatePartitions with assignments; AddPartitionsToTxn of KIP-98',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  steps: [
    { do: 'addPartitions', as: 'added', topic: 'orders', partitions: 3 },
    { do: 'describePartition', as: 'the last', topic: 'orders', partition: 2 },
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', as: 'announced', producer: 'shop', lanes: ['orders/2'] },
    {
      do: 'produce',
      as: 'written',
      topic: 'orders',
      partition: 2,
      values: ['A'],
      producer: 'shop',
      transactional: true,
    },
    { do: 'endTxn', as: 'ends', producer: 'shop', result: 'commit' },
    { do: 'wait', ms: 1000 },
    { do: 'killNode', node: { leaderOf: 'orders/2' } },
    { do: 'awaitLeader', as: 'next', topic: 'orders', partition: 2 },
    { do: 'fetch', as: 'log', topic: 'orders', partition: 2 },
  ],
  expect: {
    added: 'ok',
    'the last': {
      leader: 'broker-2',
      isr: ['broker-0', 'broker-1', 'broker-2'],
      highWatermark: 0,
      ends: { 'broker-0': 0, 'broker-1': 0, 'broker-2': 0 },
    },
    announced: 'ok',
    written: 'ok@0',
    ends: 'ok',
    next: 'broker-0',
    log: ['0:A', '1:<COMMIT>'],
  },
}
