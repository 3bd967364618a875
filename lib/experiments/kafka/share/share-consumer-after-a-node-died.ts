// It finds the nodes that are left by itself, its coordinator and the next leader of the partition among them.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const shareConsumerAfterANodeDied: Experiment = {
  version: 1,
  id: 'share-consumer-after-a-node-died',
  title: 'A share consumer that starts when a node is dead',
  source: 'KIP-932; bootstrap.servers of the Java client',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  shareGroups: { workers: { 'share.auto.offset.reset': 'earliest' } },
  shareConsumers: {
    bob: {
      group: 'workers',
      topic: 'orders',
      settings: { 'share.acknowledgement.mode': 'explicit' },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'wait', ms: 1000 },
    { do: 'killNode', node: { leaderOf: 'orders/0' } },
    { do: 'awaitLeader', as: 'next', topic: 'orders' },
    { do: 'shareStart', consumer: 'bob' },
    { do: 'sharePoll', as: 'first', consumer: 'bob' },
    { do: 'shareAcknowledge', consumer: 'bob', type: 'ACCEPT' },
    { do: 'shareCommit', as: 'accepted', consumer: 'bob' },
    { do: 'produce', as: 'more', topic: 'orders', values: ['C'] },
    { do: 'sharePoll', as: 'then', consumer: 'bob' },
  ],
  expect: {
    next: 'broker-1',
    first: ['0@0:A#1', '0@1:B#1'],
    accepted: 'ok',
    more: 'ok@2',
    then: ['0@2:C#1'],
  },
}
