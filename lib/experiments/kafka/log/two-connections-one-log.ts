// Requests of one connection keep their order, those of two have none: three places for X, and no other log.
import type { Experiment } from '../../types.ts'

export const twoConnectionsOneLog: Experiment = {
  version: 1,
  id: 'two-connections-one-log',
  title: 'Two batches of one producer and a third of nobody, at once',
  source: 'Order holds within a connection and within a partition, no further',
  class: 'set',
  topics: { orders: 1 },
  steps: [
    { do: 'initProducerId', producer: 'shop' },
    {
      do: 'produce',
      as: 'A',
      client: 'one',
      topic: 'orders',
      values: ['A'],
      producer: 'shop',
      sequence: 0,
      later: true,
    },
    {
      do: 'produce',
      as: 'B',
      client: 'one',
      topic: 'orders',
      values: ['B'],
      producer: 'shop',
      sequence: 1,
      later: true,
    },
    { do: 'produce', as: 'X', client: 'two', topic: 'orders', values: ['X'], later: true },
    { do: 'await', as: 'got A', step: 'A' },
    { do: 'await', as: 'got B', step: 'B' },
    { do: 'await', as: 'got X', step: 'X' },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  never: {
    observed: { log: ['0:B', '1:A', '2:X'] },
    because: 'A and B come on one connection, and their numbers would refuse the other order too',
  },
}
