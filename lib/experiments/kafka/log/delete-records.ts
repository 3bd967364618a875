// An administrator moves the start of a log himself: up to the high watermark, within a segment too, and never
// where the policy is to compact.
import type { Experiment } from '../../types.ts'

export const deleteRecords: Experiment = {
  version: 1,
  id: 'delete-records',
  title: 'Records deleted by an administrator',
  source: 'KIP-107; ReplicaManager.deleteRecords',
  class: 'deterministic',
  topics: {
    orders: 1,
    users: { partitions: 1, settings: { 'cleanup.policy': 'compact' } },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C'] },
    { do: 'deleteRecords', as: 'before 1', topic: 'orders', before: 1 },
    { do: 'deleteRecords', as: 'before 0', topic: 'orders', before: 0 },
    { do: 'deleteRecords', as: 'beyond', topic: 'orders', before: 9 },
    { do: 'fetch', as: 'below', topic: 'orders', offset: 0 },
    { do: 'fetch', as: 'left', topic: 'orders', offset: 1 },
    { do: 'deleteRecords', as: 'all', topic: 'orders', before: -1 },
    { do: 'listOffsets', as: 'earliest', topic: 'orders', at: 'earliest' },
    { do: 'produce', as: 'next', topic: 'orders', values: ['D'] },
    { do: 'produce', topic: 'users', keys: ['a'], values: ['A'] },
    { do: 'deleteRecords', as: 'compacted', topic: 'users', before: 1 },
  ],
  expect: {
    'before 1': 1,
    'before 0': 1,
    beyond: 'OFFSET_OUT_OF_RANGE',
    below: 'OFFSET_OUT_OF_RANGE',
    left: ['1:B', '2:C'],
    all: 3,
    earliest: 3,
    next: 'ok@3',
    compacted: 'POLICY_VIOLATION',
  },
}
