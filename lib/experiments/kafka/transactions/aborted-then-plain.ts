// The end of a transaction takes an offset, so that offsets are not dense; the aborted record stays in the log.
import type { Experiment } from '../../types.ts'

export const abortedThenPlain: Experiment = {
  version: 1,
  id: 'aborted-then-plain',
  title: 'An aborted transaction, and a plain record behind it',
  row: 'K12',
  source: 'KIP-98; AbortedTxn, CompletedFetch',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    {
      do: 'produce',
      topic: 'orders',
      values: ['A'],
      producer: 'shop',
      sequence: 0,
      transactional: true,
    },
    { do: 'endTxn', as: 'ended', producer: 'shop', result: 'abort' },
    { do: 'produce', as: 'plain', topic: 'orders', values: ['B'] },
    { do: 'fetch', as: 'log', topic: 'orders' },
    { do: 'fetch', as: 'committed', topic: 'orders', isolation: 'read_committed' },
    { do: 'fetch', as: 'uncommitted', topic: 'orders', isolation: 'read_uncommitted' },
  ],
  expect: {
    ended: 'ok',
    plain: 'ok@2',
    log: ['0:A', '1:<ABORT>', '2:B'],
    committed: ['2:B'],
    uncommitted: ['0:A', '2:B'],
  },
}
