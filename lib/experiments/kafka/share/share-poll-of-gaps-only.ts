// A poll fetches once. Where all that was acquired are gaps, be it what compaction took or the end of a transaction, it
// returns nothing, and the next one goes on behind them. Aborted records the broker leaves out itself: then the same poll
// fetches again. What is missing before the first batch that is left is not acquired at all.
import type { Experiment } from '../../types.ts'

export const sharePollOfGapsOnly: Experiment = {
  version: 1,
  id: 'share-poll-of-gaps-only',
  title: 'A share group goes over gaps, ends of transactions and aborted records one by one',
  source: 'ShareConsumerImpl.collect, ShareConsumeRequestManager, SharePartition.acquire',
  class: 'deterministic',
  topics: {
    orders: {
      partitions: 1,
      settings: {
        'cleanup.policy': 'compact',
        'segment.ms': 500,
        'min.cleanable.dirty.ratio': 0,
      },
    },
  },
  shareGroups: {
    billing: {
      'share.auto.offset.reset': 'earliest',
      'share.record.lock.duration.ms': 30_000,
      'share.isolation.level': 'read_committed',
    },
  },
  shareConsumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: { 'max.poll.records': 1, 'share.acquire.mode': 'record_limit' },
    },
  },
  steps: [
    // Nothing of the first batch is left, half of the second; of the third only its header, for the number of shop.
    ...sent(['A1']),
    ...sent(['A2', 'B1']),
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    {
      do: 'produce',
      topic: 'orders',
      values: ['C1'],
      keys: ['C'],
      producer: 'shop',
      sequence: 0,
      transactional: true,
    },
    { do: 'endTxn', producer: 'shop', result: 'abort' },
    ...sent(['D1']),
    ...sent(['D2', 'A3']),
    { do: 'wait', ms: 900 },
    ...sent(['E1']),
    { do: 'wait', ms: 4000 },
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'shareStart', consumer: 'ann' },
    ...polled('half of a batch'),
    ...polled('the other half'),
    ...polled('the abort'),
    ...polled('over a whole batch'),
    ...polled('the one beside it'),
    ...polled('the last'),
    ...polled('the end'),
  ],
  expect: {
    log: ['2:B1', '4:<ABORT>', '6:D2', '7:A3', '8:E1'],
    'half of a batch': [],
    'the other half': ['0@2:B1#1'],
    'the abort': [],
    'over a whole batch': ['0@6:D2#1'],
    'the one beside it': ['0@7:A3#1'],
    'the last': ['0@8:E1#1'],
    'the end': [],
  },
}

function sent(values: readonly string[]): Experiment['steps'] {
  const keys = values.map((value) => value.slice(0, 1))
  return [{ do: 'produce', topic: 'orders', values, keys }]
}

function polled(as: string): Experiment['steps'] {
  return [{ do: 'sharePoll', as, consumer: 'ann', withinMs: 4000 }]
}
