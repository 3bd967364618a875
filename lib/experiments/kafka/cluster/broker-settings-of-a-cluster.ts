// Settings of the broker hold for each node of a cluster: here the longest transaction that it grants, and the
// least replicas in sync.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const brokerSettingsOfACluster: Experiment = {
  version: 1,
  id: 'broker-settings-of-a-cluster',
  title: 'Settings of the broker on every node of a cluster',
  source: 'Broker configs: transaction.max.timeout.ms',
  class: 'deterministic',
  topics: { orders: 1 },
  broker: { 'transaction.max.timeout.ms': 5000 },
  cluster: threeNodes(),
  steps: [
    { do: 'initProducerId', as: 'long', producer: 'a', transactionalId: 'a', timeoutMs: 5001 },
    { do: 'initProducerId', as: 'granted', producer: 'b', transactionalId: 'b', timeoutMs: 5000 },
    { do: 'killNode', node: 0 },
    { do: 'awaitLeader', as: 'next', topic: 'orders' },
    { do: 'initProducerId', as: 'later', producer: 'c', transactionalId: 'c', timeoutMs: 5001 },
  ],
  expect: {
    long: 'INVALID_TRANSACTION_TIMEOUT',
    granted: { epoch: 0 },
    next: 'broker-1',
    later: 'INVALID_TRANSACTION_TIMEOUT',
  },
}
