// batch_optimized returns the whole batch; record_limit never more than asked for.
import type { Experiment } from '../../types.ts'

export const shareWholeBatches: Experiment = {
  version: 1,
  id: 'share-whole-batches',
  title: 'max.poll.records breaks no batch, unless told to',
  source: 'share.acquire.mode, KIP-1206; ShareCompletedFetch.fetchRecords',
  class: 'deterministic',
  topics: { orders: 1 },
  shareGroups: {
    billing: { 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': 30000 },
  },
  shareConsumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: { 'share.acknowledgement.mode': 'explicit', 'max.poll.records': 2 },
    },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'share.acknowledgement.mode': 'explicit',
        'max.poll.records': 2,
        'share.acquire.mode': 'record_limit',
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'produce', topic: 'orders', values: ['B', 'C', 'D'] },
    { do: 'produce', topic: 'orders', values: ['E'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'batches', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE' },
    { do: 'shareCommit', consumer: 'ann' },
    { do: 'shareClose', consumer: 'ann' },
    { do: 'shareStart', consumer: 'bob' },
    { do: 'sharePoll', as: 'records', consumer: 'bob' },
    { do: 'shareAcknowledge', consumer: 'bob', type: 'ACCEPT' },
    { do: 'sharePoll', as: 'more records', consumer: 'bob' },
  ],
  expect: {
    batches: ['0@0:A#1', '0@1:B#1', '0@2:C#1', '0@3:D#1'],
    records: ['0@0:A#2', '0@1:B#2'],
    'more records': ['0@2:C#2', '0@3:D#2'],
  },
}
