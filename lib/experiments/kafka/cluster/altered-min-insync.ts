// The controller takes an alteration of a topic, and every node hears: the leader refuses by it with the next
// batch, and so does the leader after it, and a node that was dead at that time.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const alteredMinInsync: Experiment = {
  version: 1,
  id: 'altered-min-insync',
  title: 'min.insync.replicas of a topic is altered while one of three nodes is dead',
  source: 'KIP-226, KIP-339; Partition.effectiveMinIsr',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  steps: [
    { do: 'killNode', node: 2 },
    { do: 'awaitIsr', topic: 'orders', count: 2 },
    { do: 'produce', as: 'before', topic: 'orders', values: ['A'] },
    {
      do: 'alterTopic',
      as: 'altered',
      topic: 'orders',
      settings: { 'min.insync.replicas': 3 },
    },
    { do: 'wait', ms: 1500 },
    { do: 'produce', as: 'after', topic: 'orders', values: ['B'] },
    { do: 'produce', as: 'by one', topic: 'orders', values: ['C'], acks: '1' },
    { do: 'restartNode', node: 2 },
    { do: 'awaitIsr', topic: 'orders', count: 3 },
    { do: 'produce', as: 'all back', topic: 'orders', values: ['D'] },
    { do: 'alterTopic', topic: 'orders', settings: { 'min.insync.replicas': 2 } },
    { do: 'wait', ms: 1500 },
    { do: 'killNode', node: 1 },
    { do: 'awaitIsr', topic: 'orders', count: 2 },
    { do: 'produce', as: 'two', topic: 'orders', values: ['E'] },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: {
    before: 'ok@0',
    altered: 'ok',
    after: 'NOT_ENOUGH_REPLICAS',
    'by one': 'ok@1',
    'all back': 'ok@2',
    two: 'ok@3',
    log: ['0:A', '1:C', '2:D', '3:E'],
  },
}
