// Dead letters that no target has taken: 4.3 purges them with the rest, 4.0 keeps them, and stays full of them.
import type { Experiment } from './types.ts'

export const purgeAndDeadLettersKept: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'purge-and-dead-letters-kept',
  title: 'A purge and the dead letters that are kept',
  source: 'rabbit_fifo.erl: #purge{}, rabbit_fifo_dlx: purge; measured',
  class: 'deterministic',
  types: ['quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-max-length': 1,
        'x-overflow': 'reject-publish',
        'x-dead-letter-strategy': 'at-least-once',
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'nowhere',
      },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'get', as: 'got', queue: 'Q' },
    { do: 'settle', how: 'drop' },
    { do: 'wait', ms: 500 },
    { do: 'publish', as: 'filled', queue: 'Q', bodies: ['B'] },
    { do: 'wait', ms: 300 },
    { do: 'publish', as: 'full', queue: 'Q', bodies: ['C'] },
    { do: 'purge', as: 'purge', queue: 'Q' },
    { do: 'wait', ms: 300 },
    { do: 'publish', as: 'purged', queue: 'Q', bodies: ['D'] },
    { do: 'drain', as: 'left', queue: 'Q' },
  ],
  expect: {
    all: { got: 'A', filled: 'B:ack', full: 'C:nack' },
    '4.3': { purge: { purged: 2 }, purged: 'D:ack', left: 'D' },
    '4.0': { purge: { purged: 1 }, purged: 'D:nack', left: '' },
  },
}
