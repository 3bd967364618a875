// Each has its own share-partition.
import type { Experiment } from '../../types.ts'

export const shareGroupsAreIndependent: Experiment = {
  version: 1,
  id: 'share-groups-are-independent',
  title: 'Two share groups know nothing of each other',
  source: 'KIP-932: SharePartitionKey',
  class: 'deterministic',
  topics: { orders: 1 },
  shareGroups: {
    billing: { 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': 30000 },
    audit: { 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': 30000 },
  },
  shareConsumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: { 'share.acknowledgement.mode': 'explicit' },
    },
    bob: {
      group: 'audit',
      topic: 'orders',
      settings: { 'share.acknowledgement.mode': 'explicit' },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'shareStart', consumer: 'bob' },
    { do: 'sharePoll', as: 'to billing', consumer: 'ann' },
    { do: 'sharePoll', as: 'to audit', consumer: 'bob' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'ACCEPT' },
    { do: 'shareCommit', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'bob', type: 'RELEASE' },
    { do: 'shareCommit', consumer: 'bob' },
    { do: 'sharePoll', as: 'to audit again', consumer: 'bob' },
    { do: 'sharePoll', as: 'nothing for billing', consumer: 'ann', withinMs: 2500 },
  ],
  expect: {
    'to billing': ['0@0:A#1'],
    'to audit': ['0@0:A#1'],
    'to audit again': ['0@0:A#2'],
    'nothing for billing': [],
  },
}
