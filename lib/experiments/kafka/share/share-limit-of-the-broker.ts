// A group that has no limit of its own has the broker's.
import type { Experiment } from '../../types.ts'

export const shareLimitOfTheBroker: Experiment = {
  version: 1,
  id: 'share-limit-of-the-broker',
  title: 'The broker limits deliveries to two, and the lock to three seconds',
  source: 'KIP-932: group.share.delivery.count.limit, group.share.record.lock.duration.ms',
  class: 'deterministic',
  topics: { orders: 1 },
  broker: {
    'group.share.delivery.count.limit': 2,
    'group.share.record.lock.duration.ms': 3000,
  },
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
    { do: 'sharePoll', as: 'delivery 1', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE' },
    { do: 'shareCommit', consumer: 'ann' },
    { do: 'sharePoll', as: 'delivery 2', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE' },
    { do: 'shareCommit', consumer: 'ann' },
    { do: 'produce', topic: 'orders', values: ['B'] },
    { do: 'sharePoll', as: 'held', consumer: 'ann' },
    { do: 'wait', ms: 4500 },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'ACCEPT' },
    { do: 'shareCommit', as: 'too late', consumer: 'ann' },
  ],
  expect: {
    'delivery 1': ['0@0:A#1'],
    'delivery 2': ['0@0:A#2'],
    held: ['0@1:B#1'],
    'too late': 'InvalidRecordStateException',
  },
}
