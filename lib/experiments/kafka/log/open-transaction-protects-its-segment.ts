// The cleaner stops before the segment in which an open transaction begins, not at its first record: what is older
// in that segment, and overtaken, stays until the transaction ends.
import type { Experiment } from '../../types.ts'

export const openTransactionProtectsItsSegment: Experiment = {
  version: 1,
  id: 'open-transaction-protects-its-segment',
  title: 'An open transaction keeps the cleaner from its whole segment',
  source: 'LogCleanerManager.cleanableOffsets and calculateCleanableBytes: whole segments',
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
    { do: 'produce', topic: 'users', keys: ['a', 'a'], values: ['A1', 'A2'] },
    {
      do: 'produce',
      topic: 'users',
      keys: ['a'],
      values: ['A3'],
      producer: 'shop',
      transactional: true,
    },
    { do: 'produce', topic: 'users', keys: ['a'], values: ['A4'] },
    { do: 'wait', ms: 900 },
    { do: 'produce', topic: 'users', keys: ['b'], values: ['B1'] },
    { do: 'wait', ms: 3000 },
    { do: 'fetch', as: 'while it is open', topic: 'users' },
    { do: 'endTxn', producer: 'shop', result: 'abort' },
    { do: 'wait', ms: 900 },
    { do: 'produce', topic: 'users', keys: ['b'], values: ['B2'] },
    {
      do: 'waitUntil',
      as: 'when it has ended',
      topic: 'users',
      log: ['3:A4', '4:B1', '5:<ABORT>', '6:B2'],
    },
  ],
  expect: {
    'while it is open': ['0:A1', '1:A2', '2:A3', '3:A4', '4:B1'],
    'when it has ended': 'reached',
  },
}
