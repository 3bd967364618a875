// A fetch reads from one segment, however many records the next one has. Compaction makes one of small neighbours, and then
// what was two polls is one.
import type { Experiment } from '../../types.ts'

export const shareOneSegmentAtATime: Experiment = {
  version: 1,
  id: 'share-one-segment-at-a-time',
  title: 'A share group over the segments of a log',
  source: 'LocalLog.read, Cleaner.groupSegmentsBySize; KIP-932',
  class: 'deterministic',
  topics: {
    orders: { partitions: 1, settings: { 'segment.ms': 500 } },
    users: {
      partitions: 1,
      settings: {
        'segment.ms': 500,
        'cleanup.policy': 'compact',
        'min.cleanable.dirty.ratio': 0,
      },
    },
  },
  shareGroups: {
    billing: { 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': 30_000 },
    mailing: { 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': 30_000 },
  },
  shareConsumers: {
    ann: { group: 'billing', topic: 'orders', settings: {} },
    bob: { group: 'mailing', topic: 'users', settings: {} },
  },
  steps: [
    ...sent(['A', 'B']),
    { do: 'wait', ms: 900 },
    ...sent(['C']),
    { do: 'wait', ms: 900 },
    ...sent(['D', 'E']),
    { do: 'wait', ms: 4000 },
    { do: 'shareStart', consumer: 'ann' },
    ...[1, 2, 3].flatMap((n) => polled('ann', `orders ${n}`)),
    { do: 'shareStart', consumer: 'bob' },
    ...[1, 2, 3].flatMap((n) => polled('bob', `users ${n}`)),
  ],
  expect: {
    'orders 1': ['0@0:A#1', '0@1:B#1'],
    'orders 2': ['0@2:C#1'],
    'orders 3': ['0@3:D#1', '0@4:E#1'],
    'users 1': ['0@0:A#1', '0@1:B#1', '0@2:C#1'],
    'users 2': ['0@3:D#1', '0@4:E#1'],
    'users 3': [],
  },
}

function sent(values: readonly string[]): Experiment['steps'] {
  return [
    { do: 'produce', topic: 'orders', values },
    { do: 'produce', topic: 'users', values, keys: values },
  ]
}

function polled(consumer: string, as: string): Experiment['steps'] {
  // A first one may have to wait for the group; only the last finds nothing, however long it waits.
  const withinMs = as.endsWith('1') ? 20_000 : 4000
  return [{ do: 'sharePoll', as, consumer, withinMs }]
}
