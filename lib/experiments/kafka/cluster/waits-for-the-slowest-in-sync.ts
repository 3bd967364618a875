// Until it is out of sync: then it is waited for no more.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const waitsForTheSlowestInSync: Experiment = {
  version: 1,
  id: 'waits-for-the-slowest-in-sync',
  title: 'acks=all waits for the slowest replica in sync',
  source: 'replica.lag.time.max.ms; Partition.maybeShrinkIsr',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  steps: [
    { do: 'produce', as: 'first', topic: 'orders', values: ['A'] },
    { do: 'wait', ms: 1000 },
    { do: 'pauseNode', node: 2 },
    { do: 'wait', ms: 1000 },
    { do: 'produce', as: 'slow', topic: 'orders', values: ['B'], acks: 'all', later: true },
    { do: 'fetch', as: 'not yet', topic: 'orders', offset: 1, client: 'reader' },
    { do: 'awaitIsr', as: 'shrunk', topic: 'orders', count: 2 },
    { do: 'await', as: 'answered', step: 'slow' },
    { do: 'fetch', as: 'then', topic: 'orders', offset: 1 },
    { do: 'resumeNode', node: 2 },
    { do: 'awaitIsr', as: 'back', topic: 'orders', count: 3 },
  ],
  expect: {
    first: 'ok@0',
    'not yet': [],
    shrunk: 'in sync',
    answered: 'ok@1',
    then: ['1:B'],
    back: 'in sync',
  },
}
