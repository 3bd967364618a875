// Compaction takes the end of a transaction too, once it meets nothing else of it: not in that cleaning, but in one after
// delete.retention.ms. What is overtaken leaves the header of its batch where that holds its producer's last number: with it
// the end stays, until that producer writes again.
import type { Experiment } from '../../types.ts'

export const endGoesWithTheLastOfIt: Experiment = {
  version: 1,
  id: 'end-goes-with-the-last-of-it',
  title: 'A compacted topic loses the ends of transactions',
  source: 'CleanedTransactionMetadata, Cleaner.checkBatchRetention; KIP-534',
  class: 'deterministic',
  topics: {
    orders: {
      partitions: 1,
      settings: {
        'cleanup.policy': 'compact',
        'segment.ms': 500,
        'min.cleanable.dirty.ratio': 0,
        'delete.retention.ms': 500,
      },
    },
  },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'initProducerId', producer: 'mart', transactionalId: 'mart' },
    ...transaction('shop', 'A1', 0, 'commit'),
    ...transaction('mart', 'B1', 0, 'abort'),
    ...next('A2'),
    { do: 'wait', ms: 900 },
    // Overtaken by then, and no longer the last of shop; what mart has aborted is the last of mart.
    ...transaction('shop', 'C1', 1, 'commit'),
    { do: 'wait', ms: 4000 },
    { do: 'fetch', as: 'its records went', topic: 'orders' },
    ...cleaning('D1', 'nothing of it was met'),
    ...cleaning('E1', 'it went'),
    ...transaction('mart', 'F1', 1, 'commit'),
    { do: 'wait', ms: 4000 },
    ...cleaning('G1', 'nothing of the aborted was met'),
    ...cleaning('H1', 'the abort went'),
    { do: 'fetch', as: 'read', topic: 'orders', isolation: 'read_committed' },
  ],
  expect: {
    'its records went': ['1:<COMMIT>', '3:<ABORT>', '4:A2', '5:C1', '6:<COMMIT>'],
    'nothing of it was met': ['1:<COMMIT>', '3:<ABORT>', '4:A2', '5:C1', '6:<COMMIT>', '7:D1'],
    'it went': ['3:<ABORT>', '4:A2', '5:C1', '6:<COMMIT>', '7:D1', '8:E1'],
    'nothing of the aborted was met': [
      ...['3:<ABORT>', '4:A2', '5:C1', '6:<COMMIT>', '7:D1', '8:E1'],
      ...['9:F1', '10:<COMMIT>', '11:G1'],
    ],
    'the abort went': [
      ...['4:A2', '5:C1', '6:<COMMIT>', '7:D1', '8:E1', '9:F1', '10:<COMMIT>', '11:G1', '12:H1'],
    ],
    read: ['4:A2', '5:C1', '7:D1', '8:E1', '9:F1', '11:G1', '12:H1'],
  },
}

function next(value: string): Experiment['steps'] {
  return [{ do: 'produce', topic: 'orders', values: [value], keys: [value.slice(0, 1)] }]
}

/** Another record begins a segment, and the one before is cleaned. */
function cleaning(value: string, as: string): Experiment['steps'] {
  return [...next(value), { do: 'wait', ms: 4000 }, { do: 'fetch', as, topic: 'orders' }]
}

function transaction(
  producer: string,
  value: string,
  sequence: number,
  result: 'commit' | 'abort',
): Experiment['steps'] {
  const batch = { topic: 'orders', values: [value], keys: [value.slice(0, 1)], producer, sequence }
  return [
    { do: 'addPartitionsToTxn', producer, lanes: ['orders/0'] },
    { do: 'produce', ...batch, transactional: true },
    { do: 'endTxn', producer, result },
  ]
}
