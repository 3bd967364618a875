// Both policies: the latest of each key stays, and not for ever.
import type { Experiment } from '../../types.ts'

export const compactedAndDeleted: Experiment = {
  version: 1,
  id: 'compacted-and-deleted',
  title: 'Compacted, and deleted in the end',
  source: 'cleanup.policy=compact,delete: KIP-71',
  class: 'deterministic',
  topics: {
    users: {
      partitions: 1,
      settings: {
        'cleanup.policy': 'compact,delete',
        'segment.ms': 500,
        'min.cleanable.dirty.ratio': 0,
        'retention.ms': 6000,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'users', keys: ['a', 'b', 'a'], values: ['A1', 'B1', 'A2'] },
    { do: 'wait', ms: 900 },
    { do: 'produce', topic: 'users', keys: ['c'], values: ['C1'] },
    { do: 'waitUntil', as: 'compacted', topic: 'users', log: ['1:B1', '2:A2', '3:C1'] },
    { do: 'listOffsets', as: 'start', topic: 'users', at: 'earliest' },
    { do: 'waitUntil', as: 'deleted', topic: 'users', starts: 4 },
    { do: 'produce', as: 'next', topic: 'users', keys: ['a'], values: ['A3'] },
  ],
  expect: { compacted: 'reached', start: 0, deleted: 'reached', next: 'ok@4' },
}
