// Its connection closes, and with it its share session: no lock has to expire. The delivery counts all the same.
import type { Experiment } from '../../types.ts'

export const shareCrashGivesBackAtOnce: Experiment = {
  version: 1,
  id: 'share-crash-gives-back-at-once',
  title: 'A crashed member’s records come back at once',
  source: 'KIP-932; ShareSessionCache.onDisconnect, SharePartitionManager.releaseSession',
  class: 'deterministic',
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
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'to ann', consumer: 'ann' },
    { do: 'shareStart', consumer: 'bob' },
    { do: 'sharePoll', as: 'before', consumer: 'bob', withinMs: 2500 },
    { do: 'crash', who: 'ann' },
    { do: 'sharePoll', as: 'after', consumer: 'bob', withinMs: 15000 },
  ],
  expect: { 'to ann': ['0@0:A#1'], before: [], after: ['0@0:A#2'] },
}
