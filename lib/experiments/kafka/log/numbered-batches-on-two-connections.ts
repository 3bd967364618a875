// Either both land in order, or the second comes first and the first is refused for ever.
import type { Experiment } from '../../types.ts'

export const numberedBatchesOnTwoConnections: Experiment = {
  version: 1,
  id: 'numbered-batches-on-two-connections',
  title: 'Two numbered batches on two connections',
  source: 'ProducerAppendInfo.checkSequence; an unknown producer may begin anywhere',
  class: 'set',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop' },
    {
      do: 'produce',
      as: 'zero',
      topic: 'orders',
      values: ['A'],
      producer: 'shop',
      sequence: 0,
      client: 'one',
      later: true,
    },
    {
      do: 'produce',
      as: 'one',
      topic: 'orders',
      values: ['B'],
      producer: 'shop',
      sequence: 1,
      client: 'two',
      later: true,
    },
    { do: 'await', as: 'A answered', step: 'zero' },
    { do: 'await', as: 'B answered', step: 'one' },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  never: {
    observed: { log: ['0:B', '1:A'] },
    because: 'Numbers of one producer never go down in a log.',
  },
}
