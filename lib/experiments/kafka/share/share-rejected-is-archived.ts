// And the record beside it, which was released, comes again.
import type { Experiment } from '../../types.ts'

export const shareRejectedIsArchived: Experiment = {
  version: 1,
  id: 'share-rejected-is-archived',
  title: 'Rejected, a record is archived at once',
  source: 'KIP-932: AcknowledgeType.REJECT',
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
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'first', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'REJECT', values: ['A'] },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE', values: ['B'] },
    { do: 'shareCommit', as: 'commit', consumer: 'ann' },
    { do: 'sharePoll', as: 'second', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'ACCEPT' },
    { do: 'shareCommit', consumer: 'ann' },
    { do: 'sharePoll', as: 'third', consumer: 'ann', withinMs: 2500 },
  ],
  expect: { first: ['0@0:A#1', '0@1:B#1'], commit: 'ok', second: ['0@1:B#2'], third: [] },
}
