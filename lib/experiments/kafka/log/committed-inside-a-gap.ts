// A committed offset may name a record that compaction took: the group goes on with the next there is, and is
// not out of range.
import type { Experiment } from '../../types.ts'

const settings = { 'auto.offset.reset': 'none', 'enable.auto.commit': false }

export const committedInsideAGap: Experiment = {
  version: 1,
  id: 'committed-inside-a-gap',
  title: 'A committed offset inside a gap',
  source: 'Design: log compaction, every offset remains a valid position',
  class: 'deterministic',
  topics: {
    users: {
      partitions: 1,
      settings: { 'cleanup.policy': 'compact', 'segment.ms': 500, 'min.cleanable.dirty.ratio': 0 },
    },
  },
  producers: { shop: { topic: 'users', keys: 'key', settings: {} } },
  consumers: { ann: { group: 'cache', topic: 'users', settings } },
  steps: [
    { do: 'commitOffsets', group: 'cache', offsets: { 'users/0': 1 } },
    { do: 'produce', topic: 'users', keys: ['a', 'a', 'b', 'a'], values: ['A1', 'A2', 'B1', 'A3'] },
    { do: 'start', who: 'shop' },
    { do: 'wait', ms: 900 },
    { do: 'send', as: 'tombstone', producer: 'shop', key: 'b', value: null },
    { do: 'waitUntil', as: 'first', topic: 'users', log: ['2:B1', '3:A3', '4:<null>'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'polled', consumer: 'ann', count: 3 },
    { do: 'commit', as: 'commit', consumer: 'ann' },
    { do: 'wait', ms: 900 },
    { do: 'send', as: 'one more', producer: 'shop', key: 'c', value: 'C1' },
    { do: 'waitUntil', as: 'second', topic: 'users', log: ['3:A3', '4:<null>', '5:C1'] },
    { do: 'poll', as: 'then', consumer: 'ann', count: 1 },
  ],
  expect: {
    tombstone: '0@4',
    first: 'reached',
    polled: ['0@2:B1', '0@3:A3', '0@4:<null>'],
    commit: 'ok',
    'one more': '0@5',
    second: 'reached',
    then: ['0@5:C1'],
  },
}
