// Only the very same batch is recognised; a part of it, or one that overlaps, is refused.
import type { Experiment } from '../../types.ts'

export const overlappingBatches: Experiment = {
  version: 1,
  id: 'overlapping-batches',
  title: 'Batches that overlap',
  source: 'ProducerStateEntry.findDuplicateBatch: exact first and last number',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop' },
    {
      do: 'produce',
      as: 'A B',
      topic: 'orders',
      values: ['A', 'B'],
      producer: 'shop',
      sequence: 0,
    },
    {
      do: 'produce',
      as: 'B C',
      topic: 'orders',
      values: ['B', 'C'],
      producer: 'shop',
      sequence: 1,
    },
    { do: 'produce', as: 'A alone', topic: 'orders', values: ['A'], producer: 'shop', sequence: 0 },
    {
      do: 'produce',
      as: 'A B again',
      topic: 'orders',
      values: ['A', 'B'],
      producer: 'shop',
      sequence: 0,
    },
    { do: 'produce', as: 'C', topic: 'orders', values: ['C'], producer: 'shop', sequence: 2 },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: {
    'A B': 'ok@0',
    'B C': 'OUT_OF_ORDER_SEQUENCE_NUMBER',
    'A alone': 'OUT_OF_ORDER_SEQUENCE_NUMBER',
    'A B again': 'ok@0',
    C: 'ok@2',
    log: ['0:A', '1:B', '2:C'],
  },
}
