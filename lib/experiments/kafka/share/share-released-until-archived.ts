// The fifth delivery is the last by default; what is released after it comes to nobody any more.
import type { Experiment } from '../../types.ts'

export const shareReleasedUntilArchived: Experiment = {
  version: 1,
  id: 'share-released-until-archived',
  title: 'Released again and again, a record is archived',
  row: 'K37',
  source: 'KIP-932: group.share.delivery.count.limit=5; InFlightState.tryUpdateState',
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
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'delivery 1', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE' },
    { do: 'shareCommit', consumer: 'ann' },
    { do: 'sharePoll', as: 'delivery 2', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE' },
    { do: 'shareCommit', consumer: 'ann' },
    { do: 'sharePoll', as: 'delivery 3', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE' },
    { do: 'shareCommit', consumer: 'ann' },
    { do: 'sharePoll', as: 'delivery 4', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE' },
    { do: 'shareCommit', consumer: 'ann' },
    { do: 'sharePoll', as: 'delivery 5', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE' },
    { do: 'shareCommit', consumer: 'ann' },
    { do: 'produce', topic: 'orders', values: ['B'] },
    { do: 'sharePoll', as: 'after that', consumer: 'ann' },
  ],
  expect: {
    'delivery 1': ['0@0:A#1'],
    'delivery 2': ['0@0:A#2'],
    'delivery 3': ['0@0:A#3'],
    'delivery 4': ['0@0:A#4'],
    'delivery 5': ['0@0:A#5'],
    'after that': ['0@1:B#1'],
  },
}
