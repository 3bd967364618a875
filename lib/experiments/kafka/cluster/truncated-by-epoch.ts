// It comes back as a follower: at the offset where the epochs part its log is cut, and filled from the leader.
import { ALL, threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const truncatedByEpoch: Experiment = {
  version: 1,
  id: 'truncated-by-epoch',
  title: 'A former leader cuts off what nobody else had',
  source: 'KIP-101, KIP-279, KIP-595: truncation by leader epoch',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  steps: [
    { do: 'produce', as: 'everywhere', topic: 'orders', values: ['A'] },
    { do: 'wait', ms: 1000 },
    { do: 'pauseNode', node: 1 },
    { do: 'pauseNode', node: 2 },
    { do: 'wait', ms: 1000 },
    { do: 'produce', as: 'alone', topic: 'orders', values: ['B'], acks: '1' },
    { do: 'killNode', node: { leaderOf: 'orders/0' } },
    { do: 'resumeNode', node: 1 },
    { do: 'resumeNode', node: 2 },
    { do: 'awaitLeader', topic: 'orders' },
    { do: 'produce', as: 'after', topic: 'orders', values: ['C'], acks: '1' },
    { do: 'produce', as: 'after that', topic: 'orders', values: ['D'], acks: '1' },
    { do: 'restartNode', node: 0 },
    { do: 'awaitIsr', topic: 'orders', count: 3 },
    { do: 'wait', ms: 1000 },
    { do: 'describePartition', as: 'then', topic: 'orders' },
    { do: 'fetch', as: 'former leader', topic: 'orders', node: 0 },
  ],
  expect: {
    everywhere: 'ok@0',
    alone: 'ok@1',
    after: 'ok@1',
    'after that': 'ok@2',
    then: {
      leader: 'broker-1',
      isr: ALL,
      highWatermark: 3,
      ends: { 'broker-0': 3, 'broker-1': 3, 'broker-2': 3 },
    },
    'former leader': ['0:A', '1:C', '2:D'],
  },
}
