// The cleaner never touches the active segment, and a segment is closed by the next record, not by its age.
import type { Experiment } from '../../types.ts'

export const openSegmentStays: Experiment = {
  version: 1,
  id: 'open-segment-stays',
  title: 'The active segment is not compacted, however old',
  source: 'LogCleanerManager.cleanableOffsets; LogSegment.shouldRoll',
  class: 'deterministic',
  topics: {
    users: {
      partitions: 1,
      settings: { 'cleanup.policy': 'compact', 'segment.ms': 500, 'min.cleanable.dirty.ratio': 0 },
    },
  },
  steps: [
    { do: 'produce', topic: 'users', keys: ['a', 'a', 'a'], values: ['A1', 'A2', 'A3'] },
    { do: 'wait', ms: 3000 },
    { do: 'fetch', as: 'open', topic: 'users' },
    { do: 'produce', topic: 'users', keys: ['a'], values: ['A4'] },
    { do: 'waitUntil', as: 'closed', topic: 'users', log: ['2:A3', '3:A4'] },
    { do: 'wait', ms: 2000 },
    { do: 'fetch', as: 'still two', topic: 'users' },
  ],
  expect: {
    open: ['0:A1', '1:A2', '2:A3'],
    closed: 'reached',
    'still two': ['2:A3', '3:A4'],
  },
}
