// In implicit mode that is all that the last poll returned: closing is no poll, and accepts nothing.
import type { Experiment } from '../../types.ts'

export const shareCloseGivesBack: Experiment = {
  version: 1,
  id: 'share-close-gives-back',
  title: 'Closing gives back what is not acknowledged',
  source: 'ShareConsumerImpl.close: it does not acknowledge for the application',
  class: 'deterministic',
  topics: { orders: 1 },
  shareGroups: {
    billing: { 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': 60000 },
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
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'to ann', consumer: 'ann' },
    { do: 'produce', topic: 'orders', values: ['C'] },
    { do: 'sharePoll', as: 'to ann next', consumer: 'ann' },
    { do: 'shareClose', consumer: 'ann' },
    { do: 'shareStart', consumer: 'bob' },
    { do: 'sharePoll', as: 'to bob', consumer: 'bob' },
  ],
  expect: { 'to ann': ['0@0:A#1', '0@1:B#1'], 'to ann next': ['0@2:C#1'], 'to bob': ['0@2:C#2'] },
}
