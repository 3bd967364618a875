// Which of them is not promised: never both.
import type { Experiment } from '../../types.ts'

export const shareTwoMembersWait: Experiment = {
  version: 1,
  id: 'share-two-members-wait',
  title: 'Of two members that wait, one is given the record',
  source: 'DelayedShareFetch: whoever is tried first',
  class: 'set',
  topics: { orders: 1 },
  shareGroups: {
    billing: { 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': 60000 },
  },
  shareConsumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: { 'share.acknowledgement.mode': 'explicit' },
    },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: { 'share.acknowledgement.mode': 'explicit' },
    },
  },
  steps: [
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'ann waits', consumer: 'ann', withinMs: 4000 },
    { do: 'shareStart', consumer: 'bob' },
    { do: 'sharePoll', as: 'bob waits', consumer: 'bob', withinMs: 4000 },
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'sharePoll', as: 'to ann', consumer: 'ann', withinMs: 3000 },
    { do: 'sharePoll', as: 'to bob', consumer: 'bob', withinMs: 3000 },
  ],
  never: {
    observed: { 'to ann': ['0@0:A#1'], 'to bob': ['0@0:A#1'] },
    because: 'One record is acquired by one member.',
  },
}
