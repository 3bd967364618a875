// What waits for its retry is not ready, and counts for the length.
import type { Experiment } from './types.ts'

export const delayedRetryAndTheLength: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'delayed-retry-and-the-length',
  title: 'x-max-length counts what waits for its retry',
  source: 'rabbit_fifo.erl: messages_ready_plus_delayed; measured',
  class: 'deterministic',
  types: ['quorum'],
  versions: ['4.3'],
  steps: [
    { do: 'declareQueue', queue: 'D' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-max-length': 1,
        'x-delayed-retry-type': 'all',
        'x-delayed-retry-min': 2500,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
      },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'get', as: 'got', queue: 'Q' },
    { do: 'settle', how: 'nack' },
    { do: 'publish', as: 'confirmed', queue: 'Q', bodies: ['B'] },
    { do: 'count', as: 'while it waits', queue: 'Q' },
    { do: 'wait', ms: 3000 },
    { do: 'drain', as: 'queue', queue: 'Q' },
    { do: 'drain', as: 'dead', queue: 'D' },
  ],
  expect: {
    all: {
      got: 'A',
      confirmed: 'B:ack',
      'while it waits': { ready: 0, consumers: 0 },
      queue: 'A!{ac1}',
      dead: 'B',
    },
  },
}
