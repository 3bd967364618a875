// Whole segments go while what is left without them is still retention.bytes.
import type { Experiment } from '../../types.ts'

const BYTES = 600_000

export const retentionBySize: Experiment = {
  version: 1,
  id: 'retention-by-size',
  title: 'Retention by size takes whole segments',
  source: 'UnifiedLog.deleteRetentionSizeBreachedSegments; segment.bytes at least 1 MiB (KIP-1030)',
  class: 'deterministic',
  topics: {
    orders: {
      partitions: 1,
      settings: { 'segment.bytes': 1_048_576, 'retention.bytes': 1_000_000 },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A'], bytes: BYTES },
    { do: 'produce', topic: 'orders', values: ['B'], bytes: BYTES },
    { do: 'wait', ms: 2500 },
    { do: 'listOffsets', as: 'two segments', topic: 'orders', at: 'earliest' },
    { do: 'produce', topic: 'orders', values: ['C'], bytes: BYTES },
    { do: 'waitUntil', as: 'three', topic: 'orders', starts: 1 },
    { do: 'produce', topic: 'orders', values: ['D'] },
    { do: 'wait', ms: 2500 },
    { do: 'fetch', as: 'D joins C', topic: 'orders', offset: 2 },
    { do: 'listOffsets', as: 'no more', topic: 'orders', at: 'earliest' },
    { do: 'alterTopic', as: 'too small', topic: 'orders', settings: { 'segment.bytes': 1000 } },
    { do: 'alterTopic', as: 'none', topic: 'orders', settings: { 'retention.bytes': 0 } },
    { do: 'waitUntil', as: 'all gone', topic: 'orders', starts: 4 },
  ],
  expect: {
    'two segments': 0,
    three: 'reached',
    'D joins C': ['2:C', '3:D'],
    'no more': 1,
    'too small': 'INVALID_CONFIG',
    none: 'ok',
    'all gone': 'reached',
  },
}
