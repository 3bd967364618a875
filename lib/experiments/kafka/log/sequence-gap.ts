// The batch behind a gap is refused until the gap is closed.
import type { Experiment } from '../../types.ts'

export const sequenceGap: Experiment = {
  version: 1,
  id: 'sequence-gap',
  title: 'A gap in the numbers',
  row: 'K07',
  source: 'ProducerAppendInfo.checkSequence',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop' },
    { do: 'produce', as: '0', topic: 'orders', values: ['A'], producer: 'shop', sequence: 0 },
    { do: 'produce', as: '2', topic: 'orders', values: ['C'], producer: 'shop', sequence: 2 },
    { do: 'produce', as: '1', topic: 'orders', values: ['B'], producer: 'shop', sequence: 1 },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: { 0: 'ok@0', 2: 'OUT_OF_ORDER_SEQUENCE_NUMBER', 1: 'ok@1', log: ['0:A', '1:B'] },
}
