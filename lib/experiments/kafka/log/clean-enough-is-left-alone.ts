// A log whose dirty part is small is not worth a cleaning: min.cleanable.dirty.ratio.
import type { Experiment } from '../../types.ts'

export const cleanEnoughIsLeftAlone: Experiment = {
  version: 1,
  id: 'clean-enough-is-left-alone',
  title: 'A log that is clean enough is left alone',
  source: 'min.cleanable.dirty.ratio; LogCleanerManager.grabFilthiestCompactedLog',
  class: 'deterministic',
  topics: {
    users: {
      partitions: 1,
      settings: {
        'cleanup.policy': 'compact',
        'segment.ms': 500,
        'min.cleanable.dirty.ratio': 0.5,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'users', keys: ['a', 'b', 'c', 'a'], values: ['A1', 'B1', 'C1', 'A2'] },
    { do: 'wait', ms: 900 },
    { do: 'produce', topic: 'users', keys: ['a'], values: ['A3'] },
    {
      do: 'waitUntil',
      as: 'all of it was dirty',
      topic: 'users',
      log: ['1:B1', '2:C1', '3:A2', '4:A3'],
    },
    { do: 'wait', ms: 900 },
    { do: 'produce', topic: 'users', keys: ['d'], values: ['D1'] },
    { do: 'wait', ms: 2500 },
    { do: 'fetch', as: 'one in four is dirty', topic: 'users' },
    { do: 'alterTopic', topic: 'users', settings: { 'min.cleanable.dirty.ratio': 0 } },
    {
      do: 'waitUntil',
      as: 'that is enough now',
      topic: 'users',
      log: ['1:B1', '2:C1', '4:A3', '5:D1'],
    },
  ],
  expect: {
    'all of it was dirty': 'reached',
    'one in four is dirty': ['1:B1', '2:C1', '3:A2', '4:A3', '5:D1'],
    'that is enough now': 'reached',
  },
}
