// The delivery counts. Whoever held it hears of it only when it acknowledges: INVALID_RECORD_STATE.
import type { Experiment } from '../../types.ts'

export const shareLockExpires: Experiment = {
  version: 1,
  id: 'share-lock-expires',
  title: 'A lock expires, and the record goes to another member',
  source: 'KIP-932: share.record.lock.duration.ms; SharePartition.releaseAcquisitionLockOnTimeout',
  class: 'deterministic',
  topics: { orders: 1 },
  shareGroups: {
    billing: { 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': 6000 },
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
    { do: 'sharePoll', as: 'to bob', consumer: 'bob' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'ACCEPT' },
    { do: 'shareCommit', as: 'ann is too late', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'bob', type: 'ACCEPT' },
    { do: 'shareCommit', as: 'bob is in time', consumer: 'bob' },
  ],
  expect: {
    'to ann': ['0@0:A#1'],
    'to bob': ['0@0:A#2'],
    'ann is too late': 'InvalidRecordStateException',
    'bob is in time': 'ok',
  },
}
