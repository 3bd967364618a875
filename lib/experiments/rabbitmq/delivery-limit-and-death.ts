// Death counts as a failure: a message that kills its consumers is dead-lettered in the end.
import type { Experiment } from './types.ts'

export const deliveryLimitAndDeath: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'delivery-limit-and-death',
  title: 'A delivery limit of 2 and dying consumers',
  row: 'R28a',
  source: 'rabbitmq.com/docs/quorum-queues: poison message handling; measured',
  class: 'deterministic',
  types: ['quorum'],
  steps: [
    { do: 'declareQueue', queue: 'DLQ', type: 'classic' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-delivery-limit': 2,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'DLQ',
      },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'get', as: 'first', channel: 'c1', queue: 'Q' },
    { do: 'destroy', connection: 'c1' },
    { do: 'get', as: 'second', channel: 'c2', queue: 'Q' },
    { do: 'destroy', connection: 'c2' },
    { do: 'get', as: 'third', channel: 'c3', queue: 'Q' },
    { do: 'destroy', connection: 'c3' },
    { do: 'get', as: 'fourth', channel: 'c4', queue: 'Q' },
    { do: 'drain', as: 'dead', queue: 'DLQ' },
  ],
  expect: {
    all: { first: 'A', fourth: 'empty' },
    '4.3': { second: 'A!{dc1,ac1}', third: 'A!{dc2,ac2}', dead: 'A!' },
    '4.0': { second: 'A!{dc1}', third: 'A!{dc2}', dead: 'A' },
  },
}
