// Where it began was never written down: with its last member it is forgotten, and what was sent meanwhile is passed
// over. It has lag in no sense that a broker knows of.
import type { Experiment } from '../../types.ts'

export const shareGroupThatLeftNoTrace: Experiment = {
  version: 1,
  id: 'share-group-that-left-no-trace',
  title: 'A group that acknowledged nothing begins anew',
  source: 'SharePartitionManager.onGroupEmpty; nothing is written before the first acknowledgement',
  class: 'deterministic',
  topics: { orders: 1 },
  shareGroups: { billing: { 'share.record.lock.duration.ms': 30000 } },
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
    { do: 'sharePoll', as: 'nothing yet', consumer: 'ann', withinMs: 4000 },
    { do: 'shareClose', consumer: 'ann' },
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'shareStart', consumer: 'bob' },
    { do: 'sharePoll', as: 'sent in between', consumer: 'bob', withinMs: 5000 },
    { do: 'produce', topic: 'orders', values: ['B'] },
    { do: 'sharePoll', as: 'sent after', consumer: 'bob' },
  ],
  expect: { 'nothing yet': [], 'sent in between': [], 'sent after': ['0@1:B#1'] },
}
