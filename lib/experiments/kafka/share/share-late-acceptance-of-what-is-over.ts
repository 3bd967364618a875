// What lies below the start of the share-partition is over, whoever says so.
import type { Experiment } from '../../types.ts'

export const shareLateAcceptanceOfWhatIsOver: Experiment = {
  version: 1,
  id: 'share-late-acceptance-of-what-is-over',
  title: 'Accepting what somebody else has finished is no error',
  source: 'SharePartition.acknowledge: offsets before the start offset are skipped',
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
    { do: 'shareAcknowledge', consumer: 'bob', type: 'ACCEPT' },
    { do: 'shareCommit', as: 'bob commits', consumer: 'bob' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'ACCEPT' },
    { do: 'shareCommit', as: 'ann commits', consumer: 'ann' },
  ],
  expect: {
    'to ann': ['0@0:A#1'],
    'to bob': ['0@0:A#2'],
    'bob commits': 'ok',
    'ann commits': 'ok',
  },
}
