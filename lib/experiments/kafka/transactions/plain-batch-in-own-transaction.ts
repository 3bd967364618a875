// A producer is either in its transaction or not; a batch of somebody else is taken.
import type { Experiment } from '../../types.ts'

export const plainBatchInOwnTransaction: Experiment = {
  version: 1,
  id: 'plain-batch-in-own-transaction',
  title: 'A plain batch of a producer whose transaction is open',
  source: 'ProducerAppendInfo.appendDataBatch',
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
    { do: 'produce', as: 'own', topic: 'orders', values: ['B'], producer: 'shop', sequence: 1 },
    { do: 'produce', as: 'another', topic: 'orders', values: ['C'] },
    {
      do: 'produce',
      as: 'goes on',
      topic: 'orders',
      values: ['D'],
      producer: 'shop',
      sequence: 1,
      transactional: true,
    },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: {
    own: 'INVALID_TXN_STATE',
    another: 'ok@1',
    'goes on': 'ok@2',
    log: ['0:A', '1:C', '2:D'],
  },
}
