// The log has one order, the answers agree with it, and nobody chose it.
import type { Experiment } from '../../types.ts'

export const twoProducersRace: Experiment = {
  version: 1,
  id: 'two-producers-race',
  title: 'Two producers at the same time',
  source: 'Order holds within a partition, as the leader appended',
  class: 'set',
  topics: { orders: 1 },
  steps: [
    { do: 'produce', as: 'a', topic: 'orders', values: ['A'], client: 'one', later: true },
    { do: 'produce', as: 'b', topic: 'orders', values: ['B'], client: 'two', later: true },
    { do: 'await', as: 'A at', step: 'a' },
    { do: 'await', as: 'B at', step: 'b' },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  never: {
    observed: { log: ['0:A', '1:A'] },
    because: 'Each was sent once and neither was retried.',
  },
}
