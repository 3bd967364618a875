// The leader asks the coordinator before it opens a transaction in its log.
import type { Experiment } from '../../types.ts'

export const partitionNotAdded: Experiment = {
  version: 1,
  id: 'partition-not-added',
  title: 'A transactional batch to a partition that was not added',
  row: 'K21',
  source: 'KIP-890; transaction.partition.verification.enable',
  class: 'deterministic',
  topics: { orders: 2 },
  steps: [
    { do: 'initProducerId', producer: 'shop', transactionalId: 'shop' },
    { do: 'addPartitionsToTxn', producer: 'shop', lanes: ['orders/0'] },
    {
      do: 'produce',
      as: 'added',
      topic: 'orders',
      partition: 0,
      values: ['A'],
      producer: 'shop',
      sequence: 0,
      transactional: true,
    },
    {
      do: 'produce',
      as: 'not added',
      topic: 'orders',
      partition: 1,
      values: ['B'],
      producer: 'shop',
      sequence: 0,
      transactional: true,
    },
    { do: 'fetch', as: 'log of the second', topic: 'orders', partition: 1 },
  ],
  expect: { added: 'ok@0', 'not added': 'INVALID_TXN_STATE', 'log of the second': [] },
}
