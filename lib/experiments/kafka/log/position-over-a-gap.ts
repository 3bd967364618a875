// A consumer's position is an offset, not a count: it goes over what compaction took away.
import type { Experiment } from '../../types.ts'

export const positionOverAGap: Experiment = {
  version: 1,
  id: 'position-over-a-gap',
  title: 'A position goes over a gap',
  source: 'KafkaConsumer.position; log compaction keeps offsets',
  class: 'deterministic',
  topics: {
    users: {
      partitions: 1,
      settings: { 'cleanup.policy': 'compact', 'segment.ms': 500, 'min.cleanable.dirty.ratio': 0 },
    },
  },
  consumers: {
    ann: {
      group: 'cache',
      topic: 'users',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'max.poll.records': 1,
      },
    },
  },
  steps: [
    {
      do: 'produce',
      topic: 'users',
      keys: ['a', 'b', 'a', 'c', 'a'],
      values: ['A1', 'B1', 'A2', 'C1', 'A3'],
    },
    { do: 'wait', ms: 900 },
    { do: 'produce', topic: 'users', keys: ['d'], values: ['D1'] },
    { do: 'waitUntil', topic: 'users', log: ['1:B1', '3:C1', '4:A3', '5:D1'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'one', consumer: 'ann', count: 1 },
    { do: 'commit', consumer: 'ann' },
    { do: 'fetchOffsets', as: 'before the gap', group: 'cache', lane: 'users/0' },
    { do: 'poll', as: 'next', consumer: 'ann', count: 1 },
    { do: 'commit', consumer: 'ann' },
    { do: 'fetchOffsets', as: 'after it', group: 'cache', lane: 'users/0' },
    { do: 'crash', who: 'ann' },
    { do: 'commitOffsets', group: 'other', offsets: { 'users/0': 2 } },
    { do: 'fetch', as: 'from inside the gap', topic: 'users', offset: 2 },
  ],
  expect: {
    one: ['0@1:B1'],
    'before the gap': 2,
    next: ['0@3:C1'],
    'after it': 4,
    'from inside the gap': ['3:C1', '4:A3', '5:D1'],
  },
}
