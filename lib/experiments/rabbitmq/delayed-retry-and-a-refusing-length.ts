// A queue that refuses publishers is full also of what waits for its retry.
import type { Experiment } from './types.ts'

export const delayedRetryAndARefusingLength: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'delayed-retry-and-a-refusing-length',
  title: 'reject-publish counts what waits for its retry',
  source: 'rabbit_fifo.erl: messages_ready_plus_delayed; measured',
  class: 'deterministic',
  types: ['quorum'],
  versions: ['4.3'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-max-length': 1,
        'x-overflow': 'reject-publish',
        'x-delayed-retry-type': 'all',
        'x-delayed-retry-min': 4000,
      },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'get', as: 'got', queue: 'Q' },
    { do: 'settle', how: 'nack' },
    { do: 'publish', as: 'while it waits', queue: 'Q', bodies: ['B'] },
    { do: 'wait', ms: 300 },
    { do: 'publish', as: 'once full', queue: 'Q', bodies: ['C'] },
    { do: 'wait', ms: 4500 },
    { do: 'drain', as: 'queue', queue: 'Q' },
    { do: 'wait', ms: 300 },
    { do: 'publish', as: 'once empty', queue: 'Q', bodies: ['D'] },
  ],
  expect: {
    all: {
      got: 'A',
      'while it waits': 'B:ack',
      'once full': 'C:nack',
      queue: 'A!{ac1} B',
      'once empty': 'D:ack',
    },
  },
}
