// share.auto.offset.reset is latest, unless it is said otherwise: decided when the partition is first fetched.
import type { Experiment } from '../../types.ts'

export const shareNewGroupAtLatest: Experiment = {
  version: 1,
  id: 'share-new-group-at-latest',
  title: 'A new share group begins at the end',
  source: 'share.auto.offset.reset=latest; SharePartition.startOffsetDuringInitialization',
  class: 'deterministic',
  topics: { orders: 1 },
  shareGroups: { billing: { 'share.record.lock.duration.ms': 30000 } },
  shareConsumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: { 'share.acknowledgement.mode': 'explicit' },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'of the past', consumer: 'ann', withinMs: 4000 },
    { do: 'produce', topic: 'orders', values: ['B'] },
    { do: 'sharePoll', as: 'of the present', consumer: 'ann' },
  ],
  expect: { 'of the past': [], 'of the present': ['0@1:B#1'] },
}
