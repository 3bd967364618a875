// Whichever comes last stands; no one can say which that is.
import type { Experiment } from '../../types.ts'

export const twoCommitsRace: Experiment = {
  version: 1,
  id: 'two-commits-race',
  title: 'Two commits at the same time',
  source: 'Requests of two connections have no order',
  class: 'set',
  topics: { orders: 1 },
  steps: [
    {
      do: 'commitOffsets',
      as: 'ten',
      group: 'billing',
      offsets: { 'orders/0': 10 },
      client: 'one',
      later: true,
    },
    {
      do: 'commitOffsets',
      as: 'four',
      group: 'billing',
      offsets: { 'orders/0': 4 },
      client: 'two',
      later: true,
    },
    { do: 'await', as: 'ten taken', step: 'ten' },
    { do: 'await', as: 'four taken', step: 'four' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  never: { observed: { committed: -1 }, because: 'Both were accepted: one of them stands.' },
}
