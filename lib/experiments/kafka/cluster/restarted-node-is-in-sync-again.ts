// A dead follower is out of the ISR when its session is over, and back when it has caught up.
import { ALL, threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const restartedNodeIsInSyncAgain: Experiment = {
  version: 1,
  id: 'restarted-node-is-in-sync-again',
  title: 'A restarted node is in sync again',
  source: 'Partition.maybeExpandIsr; ClusterControlManager.registerBroker',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes({ 'min.insync.replicas': 2 }),
  steps: [
    { do: 'produce', as: 'first', topic: 'orders', values: ['A'] },
    { do: 'killNode', node: { followerOf: 'orders/0', nth: 2 } },
    { do: 'awaitIsr', as: 'without it', topic: 'orders', count: 2 },
    { do: 'wait', ms: 1000 },
    { do: 'produce', as: 'second', topic: 'orders', values: ['B'] },
    { do: 'describePartition', as: 'two', topic: 'orders' },
    { do: 'restartNode', as: 'back', node: 2 },
    { do: 'awaitIsr', as: 'in sync', topic: 'orders', count: 3 },
    { do: 'wait', ms: 1000 },
    { do: 'describePartition', as: 'three', topic: 'orders' },
  ],
  expect: {
    first: 'ok@0',
    'without it': 'in sync',
    second: 'ok@1',
    two: {
      leader: 'broker-0',
      isr: ['broker-0', 'broker-1'],
      highWatermark: 2,
      ends: { 'broker-0': 2, 'broker-1': 2 },
    },
    back: 'restarted',
    'in sync': 'in sync',
    three: {
      leader: 'broker-0',
      isr: ALL,
      highWatermark: 2,
      ends: { 'broker-0': 2, 'broker-1': 2, 'broker-2': 2 },
    },
  },
}
