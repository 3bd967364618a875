// acks=1 is confirmed and stored, and no consumer sees it before another replica is in sync.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const frozenWatermark: Experiment = {
  version: 1,
  id: 'frozen-watermark',
  title: 'The high watermark is frozen below min.insync.replicas',
  source:
    'KIP-966: the high watermark does not advance while the ISR is below the effective min ISR',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes({ 'min.insync.replicas': 2 }),
  steps: [
    { do: 'produce', as: 'before', topic: 'orders', values: ['A'] },
    { do: 'killNode', node: { followerOf: 'orders/0', nth: 1 } },
    { do: 'killNode', node: { followerOf: 'orders/0', nth: 2 } },
    { do: 'awaitIsr', topic: 'orders', count: 1 },
    { do: 'wait', ms: 1000 },
    { do: 'produce', as: 'acks 1', topic: 'orders', values: ['B'], acks: '1' },
    { do: 'fetch', as: 'seen', topic: 'orders' },
    { do: 'describePartition', as: 'frozen', topic: 'orders' },
    { do: 'restartNode', node: 1 },
    { do: 'awaitIsr', topic: 'orders', count: 2 },
    { do: 'wait', ms: 1000 },
    { do: 'fetch', as: 'seen later', topic: 'orders' },
  ],
  expect: {
    before: 'ok@0',
    'acks 1': 'ok@1',
    seen: ['0:A'],
    frozen: {
      leader: 'broker-0',
      isr: ['broker-0'],
      highWatermark: 1,
      ends: { 'broker-0': 2 },
    },
    'seen later': ['0:A', '1:B'],
  },
}
