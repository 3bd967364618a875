// The next leader never had the record: what was confirmed is gone, and its offset is given out again.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const confirmedByOneThenDead: Experiment = {
  version: 1,
  id: 'confirmed-by-one-then-dead',
  title: 'acks=1, and the leader dies before anybody has fetched',
  row: 'K32',
  source: 'acks=1: the leader has appended, and nobody else need have',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  steps: [
    { do: 'produce', as: 'everywhere', topic: 'orders', values: ['A'] },
    { do: 'wait', ms: 1000 },
    { do: 'pauseNode', node: 1 },
    { do: 'pauseNode', node: 2 },
    { do: 'wait', ms: 1000 },
    { do: 'produce', as: 'confirmed', topic: 'orders', values: ['B'], acks: '1' },
    { do: 'killNode', node: { leaderOf: 'orders/0' } },
    { do: 'resumeNode', node: 1 },
    { do: 'resumeNode', node: 2 },
    { do: 'awaitLeader', as: 'leader', topic: 'orders' },
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'produce', as: 'next', topic: 'orders', values: ['C'], acks: '1' },
    // Read as soon as the follower has it, however slow the machine is.
    { do: 'waitUntil', as: 'the others have it', topic: 'orders', log: ['0:A', '1:C'] },
  ],
  expect: {
    everywhere: 'ok@0',
    confirmed: 'ok@1',
    leader: 'broker-1',
    log: ['0:A'],
    next: 'ok@1',
    'the others have it': 'reached',
  },
}
