// One replica in sync has not the record yet, so nobody shows it.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const nothingAboveTheWatermark: Experiment = {
  version: 1,
  id: 'nothing-above-the-watermark',
  title: 'Readers of leader and follower see nothing above the high watermark',
  source: 'KIP-392; ReplicaManager.fetchMessages',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  steps: [
    { do: 'produce', as: 'first', topic: 'orders', values: ['A'] },
    { do: 'wait', ms: 1000 },
    { do: 'pauseNode', node: 2 },
    { do: 'wait', ms: 1000 },
    { do: 'produce', as: 'second', topic: 'orders', values: ['B'], acks: '1' },
    { do: 'fetch', as: 'leader', topic: 'orders' },
    { do: 'fetch', as: 'follower', topic: 'orders', node: 1 },
    { do: 'resumeNode', node: 2 },
    { do: 'wait', ms: 3000 },
    { do: 'fetch', as: 'leader then', topic: 'orders' },
    { do: 'fetch', as: 'follower then', topic: 'orders', node: 1 },
    { do: 'fetch', as: 'the other', topic: 'orders', node: 2 },
  ],
  expect: {
    first: 'ok@0',
    second: 'ok@1',
    leader: ['0:A'],
    follower: ['0:A'],
    'leader then': ['0:A', '1:B'],
    'follower then': ['0:A', '1:B'],
    'the other': ['0:A', '1:B'],
  },
}
