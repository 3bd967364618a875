// Without numbers nothing tells a retry from a new record.
import type { Experiment } from '../../types.ts'

export const noNumbersTwice: Experiment = {
  version: 1,
  id: 'no-numbers-twice',
  title: 'The same batch twice without a producer id',
  row: 'K06',
  source: 'KIP-98',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'produce', as: 'first', topic: 'orders', values: ['A'] },
    { do: 'produce', as: 'again', topic: 'orders', values: ['A'] },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: { first: 'ok@0', again: 'ok@1', log: ['0:A', '1:A'] },
}
