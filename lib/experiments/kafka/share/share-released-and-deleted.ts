// What was given back and then deleted is archived; acknowledging what was deleted meanwhile is no error.
import type { Experiment } from '../../types.ts'

export const shareReleasedAndDeleted: Experiment = {
  version: 1,
  id: 'share-released-and-deleted',
  title: 'Records released by a share group, then deleted',
  source: 'SharePartition.archiveAvailableRecordsOnLsoMovement',
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
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'first', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE' },
    { do: 'shareCommit', as: 'released', consumer: 'ann' },
    { do: 'deleteRecords', topic: 'orders', before: 1 },
    { do: 'sharePoll', as: 'without A', consumer: 'ann' },
    { do: 'deleteRecords', topic: 'orders', before: 2 },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE' },
    { do: 'shareCommit', as: 'B is gone', consumer: 'ann' },
    { do: 'sharePoll', as: 'C alone', consumer: 'ann' },
    { do: 'deleteRecords', topic: 'orders', before: -1 },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'ACCEPT' },
    { do: 'shareCommit', as: 'accepted', consumer: 'ann' },
    { do: 'produce', topic: 'orders', values: ['D'] },
    { do: 'sharePoll', as: 'next', consumer: 'ann' },
  ],
  expect: {
    first: ['0@0:A#1', '0@1:B#1', '0@2:C#1'],
    released: 'ok',
    'without A': ['0@1:B#2', '0@2:C#2'],
    'B is gone': 'ok',
    'C alone': ['0@2:C#3'],
    accepted: 'ok',
    next: ['0@3:D#1'],
  },
}
