// The last stable offset is where a batch begins, not a record: it may lie below the first record that is left.
import type { Experiment } from '../../types.ts'

export const startInsideABatch: Experiment = {
  version: 1,
  id: 'start-inside-a-batch',
  title: 'Deleted into a batch, while a transaction that began below it is open',
  source: 'UnifiedLog.maybeIncrementFirstUnstableOffset, LocalLog.convertToOffsetMetadataOrThrow',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    ...sent(['A', 'B', 'C'], 0),
    { do: 'produce', topic: 'orders', values: ['N', 'M', 'K'] },
    { do: 'deleteRecords', as: 'into its own', topic: 'orders', before: 2 },
    ...stable('in its own'),
    { do: 'fetch', as: 'below the start', topic: 'orders', offset: 0 },
    { do: 'fetch', as: 'from the start', topic: 'orders', offset: 2, isolation: 'read_committed' },
    { do: 'deleteRecords', as: 'into a plain one', topic: 'orders', before: 5 },
    ...stable('in a plain one'),
    ...sent(['D'], 3),
    { do: 'deleteRecords', as: 'to a record', topic: 'orders', before: 6 },
    ...stable('at a record'),
    { do: 'deleteRecords', as: 'all', topic: 'orders', before: -1 },
    ...stable('behind all'),
    { do: 'endTxn', producer: 'shop', result: 'commit' },
    ...stable('after the end'),
    { do: 'fetch', as: 'committed', topic: 'orders', offset: 7, isolation: 'read_committed' },
  ],
  expect: {
    'into its own': 2,
    'in its own': 0,
    'below the start': 'OFFSET_OUT_OF_RANGE',
    'from the start': [],
    'into a plain one': 5,
    'in a plain one': 3,
    'to a record': 6,
    'at a record': 6,
    all: 7,
    'behind all': 7,
    'after the end': 8,
    committed: [],
  },
}

function sent(values: readonly string[], sequence: number): Experiment['steps'] {
  return [
    { do: 'produce', topic: 'orders', values, producer: 'shop', sequence, transactional: true },
  ]
}

function stable(as: string): Experiment['steps'] {
  return [{ do: 'listOffsets', as, topic: 'orders', at: 'latest', isolation: 'read_committed' }]
}
