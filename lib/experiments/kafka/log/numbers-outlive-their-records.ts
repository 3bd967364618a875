// What the broker remembers of a producer does not stand in the records: deleting them changes nothing.
import type { Experiment } from '../../types.ts'

export const numbersOutliveTheirRecords: Experiment = {
  version: 1,
  id: 'numbers-outlive-their-records',
  title: 'A retry when the records have been deleted',
  source: 'ProducerStateManager: entries expire by time alone (KIP-360)',
  class: 'deterministic',
  topics: { orders: { partitions: 1, settings: { 'retention.ms': 1000 } } },
  steps: [
    { do: 'initProducerId', producer: 'shop' },
    { do: 'produce', topic: 'orders', values: ['A'], producer: 'shop', sequence: 0 },
    { do: 'produce', topic: 'orders', values: ['B'], producer: 'shop', sequence: 1 },
    { do: 'deleteRecords', as: 'deleted', topic: 'orders', before: 1 },
    { do: 'produce', as: 'A again', topic: 'orders', values: ['A'], producer: 'shop', sequence: 0 },
    { do: 'waitUntil', as: 'expired', topic: 'orders', starts: 2 },
    { do: 'produce', as: 'B again', topic: 'orders', values: ['B'], producer: 'shop', sequence: 1 },
    { do: 'produce', as: 'D', topic: 'orders', values: ['D'], producer: 'shop', sequence: 3 },
    { do: 'produce', as: 'C', topic: 'orders', values: ['C'], producer: 'shop', sequence: 2 },
  ],
  expect: {
    deleted: 1,
    'A again': 'ok@0',
    expired: 'reached',
    'B again': 'ok@1',
    D: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
    C: 'ok@2',
  },
}
