// Only the transaction that the broker names is left out, not everything of that producer.
import type { Experiment } from '../../types.ts'

export const abortedThenCommitted: Experiment = {
  version: 1,
  id: 'aborted-then-committed',
  title: 'The same producer aborts, and then commits',
  source: 'CompletedFetch.nextFetchedRecord: an ABORT ends what it names',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    {
      do: 'produce',
      topic: 'orders',
      values: ['A', 'B'],
      producer: 'shop',
      sequence: 0,
      transactional: true,
    },
    { do: 'endTxn', producer: 'shop', result: 'abort' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    {
      do: 'produce',
      topic: 'orders',
      values: ['A', 'B'],
      producer: 'shop',
      sequence: 2,
      transactional: true,
    },
    { do: 'endTxn', producer: 'shop', result: 'commit' },
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'fetch', as: 'committed', topic: 'orders', isolation: 'read_committed' },
    { do: 'fetch', as: 'from the middle', topic: 'orders', offset: 2, isolation: 'read_committed' },
  ],
  expect: {
    log: ['0:A', '1:B', '2:<ABORT>', '3:A', '4:B', '5:<COMMIT>'],
    committed: ['3:A', '4:B'],
    'from the middle': ['3:A', '4:B'],
  },
}
