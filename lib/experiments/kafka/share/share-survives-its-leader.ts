// What is settled stays so under the next leader, and what was given back has its count. Who held a record is written
// nowhere: it comes again at once, as often delivered as was written.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

const explicit = {
  group: 'billing',
  topic: 'orders',
  settings: { 'share.acknowledgement.mode': 'explicit' },
}

export const shareSurvivesItsLeader: Experiment = {
  version: 1,
  id: 'share-survives-its-leader',
  title: 'A share group whose partition gets another leader',
  source: 'KIP-932: __share_group_state; SharePartition.initialize',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  shareGroups: { billing: { 'share.auto.offset.reset': 'earliest' } },
  shareConsumers: { ann: explicit, bob: explicit, cid: explicit },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'produce', topic: 'orders', values: ['B'] },
    { do: 'produce', topic: 'orders', values: ['C'] },
    { do: 'produce', topic: 'orders', values: ['D'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'first', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'ACCEPT', values: ['A'] },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE', values: ['B'] },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'REJECT', values: ['C'] },
    { do: 'shareCommit', as: 'told', consumer: 'ann' },
    { do: 'shareStart', consumer: 'bob' },
    { do: 'sharePoll', as: 'given back', consumer: 'bob' },
    { do: 'shareStart', consumer: 'cid' },
    { do: 'sharePoll', as: 'all is held', consumer: 'cid', withinMs: 2000 },
    { do: 'killNode', node: { leaderOf: 'orders/0' } },
    { do: 'awaitLeader', topic: 'orders' },
    { do: 'sharePoll', as: 'from the next leader', consumer: 'cid' },
  ],
  expect: {
    first: ['0@0:A#1', '0@1:B#1', '0@2:C#1', '0@3:D#1'],
    told: 'ok',
    'given back': ['0@1:B#2'],
    'all is held': [],
    'from the next leader': ['0@1:B#2', '0@3:D#1'],
  },
}
