// The broker compares nothing: the last commit stands.
import type { Experiment } from '../../types.ts'

export const commitBackwards: Experiment = {
  version: 1,
  id: 'commit-backwards',
  title: 'A commit may go backwards',
  row: 'K18',
  source: 'A committed offset is a plain watermark',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'commitOffsets', as: 'ten', group: 'billing', offsets: { 'orders/0': 10 } },
    { do: 'commitOffsets', as: 'four', group: 'billing', offsets: { 'orders/0': 4 } },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: { ten: 'ok', four: 'ok', committed: 4 },
}
