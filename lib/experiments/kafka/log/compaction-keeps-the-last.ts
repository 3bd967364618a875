// Of each key the latest stays, at its own offset: what is gone leaves gaps, and the log begins where it began.
import type { Experiment } from '../../types.ts'

export const compactionKeepsTheLast: Experiment = {
  version: 1,
  id: 'compaction-keeps-the-last',
  title: 'Compaction keeps the last of each key, and leaves gaps',
  source: 'Design: log compaction; Cleaner.doClean',
  class: 'deterministic',
  topics: {
    users: {
      partitions: 1,
      settings: { 'cleanup.policy': 'compact', 'segment.ms': 500, 'min.cleanable.dirty.ratio': 0 },
    },
  },
  steps: [
    { do: 'produce', topic: 'users', keys: ['a', 'b', 'a', 'b'], values: ['A1', 'B1', 'A2', 'B2'] },
    { do: 'wait', ms: 900 },
    { do: 'produce', as: 'rolls', topic: 'users', keys: ['a'], values: ['A3'] },
    { do: 'waitUntil', as: 'once', topic: 'users', log: ['2:A2', '3:B2', '4:A3'] },
    { do: 'fetch', as: 'from a gap', topic: 'users', offset: 1 },
    { do: 'listOffsets', as: 'earliest', topic: 'users', at: 'earliest' },
    { do: 'listOffsets', as: 'latest', topic: 'users', at: 'latest' },
    { do: 'wait', ms: 900 },
    { do: 'produce', topic: 'users', keys: ['c'], values: ['C1'] },
    { do: 'waitUntil', as: 'twice', topic: 'users', log: ['3:B2', '4:A3', '5:C1'] },
  ],
  expect: {
    rolls: 'ok@4',
    once: 'reached',
    'from a gap': ['2:A2', '3:B2', '4:A3'],
    earliest: 0,
    latest: 5,
    twice: 'reached',
  },
}
