// Nobody leads until the one comes back that was in sync last; then nothing is lost.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const noUncleanElection: Experiment = {
  version: 1,
  id: 'no-unclean-election',
  title: 'Without unclean elections a partition waits for its last leader',
  source: 'KIP-966: ISR, then eligible leader replicas, then the last known leader',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  steps: [
    { do: 'produce', as: 'everywhere', topic: 'orders', values: ['A'] },
    { do: 'wait', ms: 1000 },
    { do: 'pauseNode', node: 1 },
    { do: 'pauseNode', node: 2 },
    { do: 'awaitIsr', topic: 'orders', count: 1 },
    { do: 'wait', ms: 4000 },
    { do: 'produce', as: 'confirmed', topic: 'orders', values: ['B'], acks: 'all' },
    { do: 'killNode', node: 0 },
    { do: 'resumeNode', node: 1 },
    { do: 'wait', ms: 8000 },
    { do: 'produce', as: 'nobody leads', topic: 'orders', values: ['C'], acks: 'all' },
    { do: 'restartNode', node: 0 },
    { do: 'awaitLeader', as: 'leader', topic: 'orders', epoch: 2 },
    { do: 'awaitIsr', topic: 'orders', count: 2 },
    { do: 'wait', ms: 1000 },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: {
    everywhere: 'ok@0',
    confirmed: 'ok@1',
    'nobody leads': 'LEADER_NOT_AVAILABLE',
    leader: 'broker-0',
    log: ['0:A', '1:B'],
  },
}
