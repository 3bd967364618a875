// At the end a fetch waits; beyond it there is nothing to wait for.
import type { Experiment } from '../../types.ts'

export const fetchAtAndBeyondTheEnd: Experiment = {
  version: 1,
  id: 'fetch-at-and-beyond-the-end',
  title: 'Fetches at the end of the log and beyond',
  row: 'K20',
  source: 'OFFSET_OUT_OF_RANGE',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'fetch', as: 'at the end', topic: 'orders', offset: 1 },
    { do: 'fetch', as: 'beyond', topic: 'orders', offset: 99 },
    { do: 'listOffsets', as: 'latest', topic: 'orders', at: 'latest' },
    { do: 'listOffsets', as: 'earliest', topic: 'orders', at: 'earliest' },
  ],
  expect: { 'at the end': [], beyond: 'OFFSET_OUT_OF_RANGE', latest: 1, earliest: 0 },
}
