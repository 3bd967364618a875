// "Only closed segments are deleted" is true of what is left: when the newest record of the active segment is
// older than retention.ms, another segment is rolled and the old one goes. Offsets go on where they were.
import type { Experiment } from '../../types.ts'

export const activeSegmentExpires: Experiment = {
  version: 1,
  id: 'active-segment-expires',
  title: 'Retention takes the active segment too',
  source: 'UnifiedLog.deleteSegments: rolls when it is about to delete all',
  class: 'deterministic',
  topics: { orders: { partitions: 1, settings: { 'retention.ms': 1000 } } },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'waitUntil', as: 'all gone', topic: 'orders', starts: 2 },
    { do: 'fetch', as: 'at the end', topic: 'orders', offset: 2 },
    { do: 'fetch', as: 'below', topic: 'orders', offset: 1 },
    { do: 'produce', as: 'next', topic: 'orders', values: ['C'] },
    { do: 'fetch', as: 'again', topic: 'orders', offset: 2 },
  ],
  expect: {
    'all gone': 'reached',
    'at the end': [],
    below: 'OFFSET_OUT_OF_RANGE',
    next: 'ok@2',
    again: ['2:C'],
  },
}
