// The next leader knows the batch from its own log.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const retryAfterFailOver: Experiment = {
  version: 1,
  id: 'retry-after-fail-over',
  title: 'A numbered batch sent again to the next leader',
  source: 'KIP-98: what a broker knows of producers is in the log, and in every replica of it',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  steps: [
    { do: 'initProducerId', producer: 'shop' },
    { do: 'produce', as: 'first', topic: 'orders', values: ['A'], producer: 'shop' },
    { do: 'wait', ms: 1000 },
    { do: 'killNode', node: { leaderOf: 'orders/0' } },
    { do: 'awaitLeader', topic: 'orders' },
    { do: 'produce', as: 'again', topic: 'orders', values: ['A'], producer: 'shop' },
    { do: 'produce', as: 'next', topic: 'orders', values: ['B'], producer: 'shop', sequence: 1 },
    { do: 'produce', as: 'gap', topic: 'orders', values: ['D'], producer: 'shop', sequence: 3 },
    { do: 'wait', ms: 1000 },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: {
    first: 'ok@0',
    again: 'ok@0',
    next: 'ok@1',
    gap: 'OUT_OF_ORDER_SEQUENCE_NUMBER',
    log: ['0:A', '1:B'],
  },
}
