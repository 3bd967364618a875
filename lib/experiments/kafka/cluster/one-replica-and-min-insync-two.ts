// More than there are cannot be asked for.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const oneReplicaAndMinInsyncTwo: Experiment = {
  version: 1,
  id: 'one-replica-and-min-insync-two',
  title: 'One replica and min.insync.replicas=2',
  row: 'K19',
  source: 'Partition.effectiveMinIsr: never more than there are replicas',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes({ 'replication.factor': 1, 'min.insync.replicas': 2 }),
  steps: [{ do: 'produce', as: 'acks all', topic: 'orders', values: ['A'], acks: 'all' }],
  expect: {
    'acks all': 'ok@0',
  },
}
