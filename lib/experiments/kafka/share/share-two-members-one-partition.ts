// In a consumer group one of two members would be idle. Records are acquired one by one, so that no record goes
// to both while its lock holds.
import type { Experiment } from '../../types.ts'

export const shareTwoMembersOnePartition: Experiment = {
  version: 1,
  id: 'share-two-members-one-partition',
  title: 'Two members of a share group read one partition',
  row: 'K36',
  source: 'KIP-932; SharePartition.acquire',
  class: 'deterministic',
  topics: { orders: 1 },
  shareGroups: {
    billing: { 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': 30000 },
  },
  shareConsumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: { 'share.acknowledgement.mode': 'explicit', 'max.poll.records': 1 },
    },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: { 'share.acknowledgement.mode': 'explicit', 'max.poll.records': 1 },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'produce', topic: 'orders', values: ['B'] },
    { do: 'produce', topic: 'orders', values: ['C'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'to ann', consumer: 'ann' },
    { do: 'shareStart', consumer: 'bob' },
    { do: 'sharePoll', as: 'to bob', consumer: 'bob' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'ACCEPT' },
    { do: 'shareCommit', as: 'ann commits', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'bob', type: 'ACCEPT' },
    { do: 'shareCommit', as: 'bob commits', consumer: 'bob' },
    { do: 'sharePoll', as: 'to ann again', consumer: 'ann', withinMs: 2500 },
  ],
  expect: {
    'to ann': ['0@0:A#1'],
    'to bob': ['0@1:B#1'],
    'ann commits': 'ok',
    'bob commits': 'ok',
    'to ann again': ['0@2:C#1'],
  },
}
