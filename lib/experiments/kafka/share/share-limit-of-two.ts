// And the records behind it go on.
import type { Experiment } from '../../types.ts'

export const shareLimitOfTwo: Experiment = {
  version: 1,
  id: 'share-limit-of-two',
  title: 'With a limit of two, the second delivery is the last',
  source: 'KIP-1240: share.delivery.count.limit of a group',
  class: 'deterministic',
  topics: { orders: 1 },
  shareGroups: {
    billing: {
      'share.auto.offset.reset': 'earliest',
      'share.record.lock.duration.ms': 30000,
      'share.delivery.count.limit': 2,
    },
  },
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
    { do: 'sharePoll', as: 'delivery 1', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE' },
    { do: 'shareCommit', consumer: 'ann' },
    { do: 'sharePoll', as: 'delivery 2', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE' },
    { do: 'shareCommit', consumer: 'ann' },
    { do: 'produce', topic: 'orders', values: ['B'] },
    { do: 'sharePoll', as: 'the next record', consumer: 'ann' },
  ],
  expect: { 'delivery 1': ['0@0:A#1'], 'delivery 2': ['0@0:A#2'], 'the next record': ['0@1:B#1'] },
}
