// A tombstone takes its key's records with it, is read like any record, and goes in a later cleaning, no
// earlier than delete.retention.ms after the first one that met it.
import type { Experiment } from '../../types.ts'

export const tombstoneIsReadThenGone: Experiment = {
  version: 1,
  id: 'tombstone-is-read-then-gone',
  title: 'A tombstone is read, and gone later',
  source: 'KIP-534: delete.retention.ms runs from the first cleaning',
  class: 'deterministic',
  topics: {
    users: {
      partitions: 1,
      settings: {
        'cleanup.policy': 'compact',
        'segment.ms': 500,
        'min.cleanable.dirty.ratio': 0,
        'delete.retention.ms': 1000,
      },
    },
  },
  consumers: {
    ann: {
      group: 'cache',
      topic: 'users',
      settings: { 'auto.offset.reset': 'earliest', 'enable.auto.commit': false },
    },
  },
  steps: [
    { do: 'produce', topic: 'users', keys: ['a', 'b', 'a'], values: ['A1', 'B1', null] },
    { do: 'wait', ms: 900 },
    { do: 'produce', topic: 'users', keys: ['c'], values: ['C1'] },
    { do: 'waitUntil', as: 'cleaned', topic: 'users', log: ['1:B1', '2:<null>', '3:C1'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'polled', consumer: 'ann', count: 3 },
    { do: 'wait', ms: 2000 },
    { do: 'fetch', as: 'no cleaning without new records', topic: 'users' },
    { do: 'produce', topic: 'users', keys: ['d'], values: ['D1'] },
    { do: 'waitUntil', as: 'gone', topic: 'users', log: ['1:B1', '3:C1', '4:D1'] },
  ],
  expect: {
    cleaned: 'reached',
    polled: ['0@1:B1', '0@2:<null>', '0@3:C1'],
    'no cleaning without new records': ['1:B1', '2:<null>', '3:C1'],
    gone: 'reached',
  },
}
