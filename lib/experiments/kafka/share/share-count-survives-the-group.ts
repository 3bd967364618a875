// They are written down with every release.
import type { Experiment } from '../../types.ts'

export const shareCountSurvivesTheGroup: Experiment = {
  version: 1,
  id: 'share-count-survives-the-group',
  title: 'Delivery counts outlive the last member',
  source: 'PersisterStateBatch; SharePartition.maybeInitialize',
  class: 'deterministic',
  topics: { orders: 1 },
  shareGroups: {
    billing: { 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': 30000 },
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
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'to ann', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'REJECT', values: ['B'] },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE', values: ['A', 'C'] },
    { do: 'shareClose', consumer: 'ann' },
    { do: 'shareStart', consumer: 'bob' },
    { do: 'sharePoll', as: 'to bob', consumer: 'bob' },
    { do: 'crash', who: 'bob' },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'to ann again', consumer: 'ann' },
  ],
  expect: {
    'to ann': ['0@0:A#1', '0@1:B#1', '0@2:C#1'],
    'to bob': ['0@0:A#2', '0@2:C#2'],
    'to ann again': ['0@0:A#3', '0@2:C#3'],
  },
}
