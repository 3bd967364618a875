// A new process has a new producer id: to the broker it is somebody else.
import type { Experiment } from '../../types.ts'

export const restartedProducerSendsAgain: Experiment = {
  version: 1,
  id: 'restarted-producer-sends-again',
  title: 'A restarted producer sends again',
  row: 'K09',
  source: 'KIP-98: the scope is one producer session',
  class: 'deterministic',
  topics: { orders: 1 },
  producers: { shop: { topic: 'orders', keys: 'none', settings: {} } },
  steps: [
    { do: 'start', who: 'shop' },
    { do: 'send', as: 'first', producer: 'shop', value: 'A' },
    { do: 'crash', who: 'shop' },
    { do: 'restart', who: 'shop' },
    { do: 'send', as: 'again', producer: 'shop', value: 'A' },
    { do: 'fetch', as: 'log', topic: 'orders' },
  ],
  expect: { first: '0@0', again: '0@1', log: ['0:A', '1:A'] },
}
