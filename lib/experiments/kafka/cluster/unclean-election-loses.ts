// All in sync was the leader alone. One that was out of sync leads, and has not the record.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const uncleanElectionLoses: Experiment = {
  version: 1,
  id: 'unclean-election-loses',
  title: 'An unclean election loses what was confirmed by all in sync',
  source: 'unclean.leader.election.enable=true; PartitionChangeBuilder.electAnyLeader',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes({ 'unclean.leader.election.enable': true }),
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
    { do: 'awaitLeader', as: 'leader', topic: 'orders' },
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'produce', as: 'next', topic: 'orders', values: ['C'], acks: 'all' },
    { do: 'restartNode', node: 0 },
    { do: 'awaitIsr', topic: 'orders', count: 2 },
    { do: 'wait', ms: 1000 },
    { do: 'fetch', as: 'log then', topic: 'orders', node: 0 },
  ],
  expect: {
    everywhere: 'ok@0',
    confirmed: 'ok@1',
    leader: 'broker-1',
    log: ['0:A'],
    next: 'ok@1',
    'log then': ['0:A', '1:C'],
  },
}
