// It stood still for longer than its session, and follows when it wakes.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const formerLeaderRefuses: Experiment = {
  version: 1,
  id: 'former-leader-refuses',
  title: 'A former leader refuses what it is sent',
  source: 'NOT_LEADER_OR_FOLLOWER; leader epochs',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  steps: [
    { do: 'produce', as: 'first', topic: 'orders', values: ['A'] },
    { do: 'wait', ms: 1000 },
    { do: 'pauseNode', node: 0 },
    { do: 'awaitLeader', as: 'leader', topic: 'orders' },
    { do: 'produce', as: 'to the new one', topic: 'orders', values: ['B'] },
    { do: 'resumeNode', node: 0 },
    { do: 'wait', ms: 3000 },
    { do: 'produce', as: 'to the former one', topic: 'orders', values: ['C'], node: 0 },
    { do: 'awaitIsr', topic: 'orders', count: 3 },
    { do: 'wait', ms: 1000 },
    { do: 'fetch', as: 'log', topic: 'orders', node: 0 },
  ],
  expect: {
    first: 'ok@0',
    leader: 'broker-1',
    'to the new one': 'ok@1',
    'to the former one': 'NOT_LEADER_OR_FOLLOWER',
    log: ['0:A', '1:B'],
  },
}
