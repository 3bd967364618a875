// The first batch was refused for a moment; the second was on its way already.
import type { Experiment } from '../../types.ts'

export const retryLandsBehind: Experiment = {
  version: 1,
  id: 'retry-lands-behind',
  title: 'A plain retry lands behind its successor',
  row: 'K22',
  source: 'Without idempotence nothing orders batches',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'produce', as: 'second', topic: 'orders', values: ['B'] },
    { do: 'produce', as: 'first, retried', topic: 'orders', values: ['A'] },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: { second: 'ok@0', 'first, retried': 'ok@1', log: ['0:B', '1:A'] },
}
