// A broker that knows the batch answers with its first offset and appends nothing.
import type { Experiment } from '../../types.ts'

export const sameBatchTwice: Experiment = {
  version: 1,
  id: 'same-batch-twice',
  title: 'The same numbered batch twice',
  row: 'K05',
  source: 'KIP-98; ProducerAppendInfo',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop' },
    { do: 'produce', as: 'first', topic: 'orders', values: ['A'], producer: 'shop', sequence: 0 },
    { do: 'produce', as: 'again', topic: 'orders', values: ['A'], producer: 'shop', sequence: 0 },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: { first: 'ok@0', again: 'ok@0', log: ['0:A'] },
}
