// A dead letter that comes back to its queue is a new copy: its time to live begins anew, and runs.
import type { Experiment } from './types.ts'

export const deadLetterToItsOwnQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'dead-letter-to-its-own-queue',
  title: 'Dead-lettered to its own queue, with a time to live',
  source: 'rabbitmq.com/docs/dlx; rabbitmq.com/docs/ttl; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-message-ttl': 2500,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'Q',
      },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'get', as: 'got', queue: 'Q' },
    { do: 'wait', ms: 1000 },
    { do: 'settle', how: 'drop' },
    { do: 'wait', ms: 2000 },
    { do: 'count', as: 'when its first time is over', queue: 'Q' },
    { do: 'wait', ms: 1500 },
    { do: 'count', as: 'when its second time is over', queue: 'Q' },
  ],
  expect: {
    all: {
      got: 'A',
      'when its first time is over': { ready: 1, consumers: 0 },
      'when its second time is over': { ready: 0, consumers: 0 },
    },
  },
}
