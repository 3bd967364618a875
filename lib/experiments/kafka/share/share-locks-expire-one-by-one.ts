// A batch that came whole goes back whole. After one of its records was acknowledged alone, the others go back one
// after the other, and whoever waits may be given the first before the second is free.
import type { Experiment } from '../../types.ts'

export const shareLocksExpireOneByOne: Experiment = {
  version: 1,
  id: 'share-locks-expire-one-by-one',
  title: 'Once its records have parted, each lock of a batch expires by itself',
  source: 'AcquisitionLockTimerTask: one for a batch, or one for each record',
  class: 'set',
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
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'to ann', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'ACCEPT', values: ['A'] },
    { do: 'shareCommit', as: 'A is accepted', consumer: 'ann' },
    { do: 'shareStart', consumer: 'bob' },
    { do: 'sharePoll', as: 'to bob', consumer: 'bob' },
    { do: 'shareAcknowledge', consumer: 'bob', type: 'ACCEPT' },
    { do: 'shareCommit', consumer: 'bob' },
    { do: 'sharePoll', as: 'to bob next', consumer: 'bob', withinMs: 5000 },
  ],
  never: {
    observed: { 'to bob': ['0@0:A#2'] },
    because: 'A is accepted: its lock is gone, and nobody is given it again.',
  },
}
