// What is accepted is what the last poll returned, by the next poll or a commit.
import type { Experiment } from '../../types.ts'

export const shareAcknowledgeInImplicitMode: Experiment = {
  version: 1,
  id: 'share-acknowledge-in-implicit-mode',
  title: 'Implicit mode: acknowledging is refused',
  source: 'share.acknowledgement.mode=implicit; ShareConsumerImpl.acknowledge',
  class: 'deterministic',
  topics: { orders: 1 },
  shareGroups: {
    billing: { 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': 30000 },
  },
  shareConsumers: {
    ann: { group: 'billing', topic: 'orders', settings: {} },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: { 'share.acknowledgement.mode': 'explicit' },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'first', consumer: 'ann' },
    { do: 'shareAcknowledge', as: 'release', consumer: 'ann', type: 'RELEASE' },
    { do: 'shareCommit', as: 'commit', consumer: 'ann' },
    { do: 'shareClose', consumer: 'ann' },
    { do: 'shareStart', consumer: 'bob' },
    { do: 'sharePoll', as: 'to bob', consumer: 'bob', withinMs: 3000 },
  ],
  expect: { first: ['0@0:A#1'], release: 'IllegalStateException', commit: 'ok', 'to bob': [] },
}
