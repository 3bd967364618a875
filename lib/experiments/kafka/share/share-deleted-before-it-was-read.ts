// Where the log begins, a share group begins at the earliest: what was deleted before anybody had it never comes.
import type { Experiment } from '../../types.ts'

export const shareDeletedBeforeItWasRead: Experiment = {
  version: 1,
  id: 'share-deleted-before-it-was-read',
  title: 'Records deleted before a share group has read them',
  source: 'KIP-932; SharePartition.updateCacheAndOffsets',
  class: 'deterministic',
  topics: { orders: 1 },
  shareGroups: { billing: { 'share.auto.offset.reset': 'earliest' } },
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
    { do: 'sharePoll', as: 'first', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'ACCEPT' },
    { do: 'shareCommit', consumer: 'ann' },
    { do: 'produce', topic: 'orders', values: ['B'] },
    { do: 'produce', topic: 'orders', values: ['C'] },
    { do: 'deleteRecords', topic: 'orders', before: 2 },
    { do: 'sharePoll', as: 'after that', consumer: 'ann' },
  ],
  expect: { first: ['0@0:A#1'], 'after that': ['0@2:C#1'] },
}
