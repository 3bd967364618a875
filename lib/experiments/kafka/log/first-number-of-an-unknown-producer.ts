// A broker without state for a producer takes whatever number comes first.
import type { Experiment } from '../../types.ts'

export const firstNumberOfAnUnknownProducer: Experiment = {
  version: 1,
  id: 'first-number-of-an-unknown-producer',
  title: 'The first number of an unknown producer',
  row: 'K10',
  source: 'ProducerAppendInfo.checkSequence',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop' },
    { do: 'produce', as: '1', topic: 'orders', values: ['B'], producer: 'shop', sequence: 1 },
    { do: 'produce', as: '0', topic: 'orders', values: ['A'], producer: 'shop', sequence: 0 },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: { 1: 'ok@0', 0: 'OUT_OF_ORDER_SEQUENCE_NUMBER', log: ['0:B'] },
}
