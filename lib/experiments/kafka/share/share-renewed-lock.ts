// The next poll returns the record again, with the same delivery count: it was not delivered anew.
import type { Experiment } from '../../types.ts'

export const shareRenewedLock: Experiment = {
  version: 1,
  id: 'share-renewed-lock',
  title: 'A renewed lock holds for another duration',
  source: 'AcknowledgeType.RENEW, KIP-1222; ShareInFlightBatch.takeRenewals',
  class: 'deterministic',
  topics: { orders: 1 },
  shareGroups: {
    billing: { 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': 15000 },
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
    { do: 'shareStart', consumer: 'bob' },
    { do: 'sharePoll', as: 'to ann', consumer: 'ann' },
    { do: 'wait', ms: 7000 },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RENEW' },
    { do: 'shareCommit', as: 'renewed', consumer: 'ann' },
    { do: 'sharePoll', as: 'past the first lock', consumer: 'bob', withinMs: 9000 },
    { do: 'sharePoll', as: 'to ann again', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'ACCEPT' },
    { do: 'shareCommit', as: 'accepted', consumer: 'ann' },
  ],
  expect: {
    'to ann': ['0@0:A#1'],
    renewed: 'ok',
    'past the first lock': [],
    'to ann again': ['0@0:A#1'],
    accepted: 'ok',
  },
}
