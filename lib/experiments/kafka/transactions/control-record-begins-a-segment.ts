// A control record is appended like any other: where the segment is too old for it, it begins the next one, and
// what lies before that can be cleaned.
import type { Experiment } from '../../types.ts'

export const controlRecordBeginsASegment: Experiment = {
  version: 1,
  id: 'control-record-begins-a-segment',
  title: 'The end of a transaction closes a segment that is old',
  source: 'UnifiedLog.append, maybeRoll; LogSegment.shouldRoll',
  class: 'deterministic',
  topics: {
    users: {
      partitions: 1,
      settings: { 'cleanup.policy': 'compact', 'segment.ms': 500, 'min.cleanable.dirty.ratio': 0 },
    },
  },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['users/0'] },
    {
      do: 'produce',
      topic: 'users',
      keys: ['a', 'a'],
      values: ['A1', 'A2'],
      producer: 'shop',
      sequence: 0,
      transactional: true,
    },
    { do: 'wait', ms: 3000 },
    { do: 'endTxn', as: 'ended', producer: 'shop', result: 'commit' },
    { do: 'waitUntil', as: 'cleaned', topic: 'users', log: ['1:A2', '2:<COMMIT>'] },
  ],
  expect: { ended: 'ok', cleaned: 'reached' },
}
