// min.compaction.lag.ms protects records that are young: no cleaning before, though the segment is closed.
import type { Experiment } from '../../types.ts'

export const compactionWaitsForItsLag: Experiment = {
  version: 1,
  id: 'compaction-waits-for-its-lag',
  title: 'Compaction waits for its lag',
  source: 'KIP-58: min.compaction.lag.ms',
  class: 'deterministic',
  topics: {
    users: {
      partitions: 1,
      settings: {
        'cleanup.policy': 'compact',
        'segment.ms': 500,
        'min.cleanable.dirty.ratio': 0,
        'min.compaction.lag.ms': 5000,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'users', keys: ['a', 'a'], values: ['A1', 'A2'] },
    { do: 'wait', ms: 900 },
    { do: 'produce', topic: 'users', keys: ['b'], values: ['B1'] },
    { do: 'wait', ms: 2000 },
    { do: 'fetch', as: 'closed and young', topic: 'users' },
    { do: 'waitUntil', as: 'old enough', topic: 'users', log: ['1:A2', '2:B1'] },
  ],
  expect: { 'closed and young': ['0:A1', '1:A2', '2:B1'], 'old enough': 'reached' },
}
