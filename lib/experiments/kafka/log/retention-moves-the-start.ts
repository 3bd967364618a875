// Whole segments go, the oldest first; below the new start a fetch is out of range.
import type { Experiment } from '../../types.ts'

export const retentionMovesTheStart: Experiment = {
  version: 1,
  id: 'retention-moves-the-start',
  title: 'Retention moves the start of the log',
  source: 'UnifiedLog.deleteRetentionMsBreachedSegments; OFFSET_OUT_OF_RANGE',
  class: 'deterministic',
  topics: {
    orders: { partitions: 1, settings: { 'retention.ms': 4000, 'segment.ms': 1000 } },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'wait', ms: 3000 },
    { do: 'produce', topic: 'orders', values: ['C'] },
    { do: 'fetch', as: 'before', topic: 'orders' },
    { do: 'waitUntil', as: 'first segment', topic: 'orders', starts: 2 },
    { do: 'fetch', as: 'below the start', topic: 'orders', offset: 1 },
    { do: 'fetch', as: 'at the start', topic: 'orders', offset: 2 },
    { do: 'listOffsets', as: 'earliest', topic: 'orders', at: 'earliest' },
    { do: 'listOffsets', as: 'latest', topic: 'orders', at: 'latest' },
  ],
  expect: {
    before: ['0:A', '1:B', '2:C'],
    'first segment': 'reached',
    'below the start': 'OFFSET_OUT_OF_RANGE',
    'at the start': ['2:C'],
    earliest: 2,
    latest: 3,
  },
}
