// Time runs on during a delayed retry; it is dropped when it would be ready again.
import type { Experiment } from './types.ts'

export const expiredWhileItWaits: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'expired-while-it-waits',
  title: 'Expired during a delayed retry',
  source: 'rabbit_fifo.erl: expire_shallow, expire_batch; measured',
  class: 'deterministic',
  types: ['quorum'],
  versions: ['4.3'],
  steps: [
    { do: 'declareQueue', queue: 'D' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-message-ttl': 1000,
        'x-delayed-retry-type': 'all',
        'x-delayed-retry-min': 3000,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
      },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'get', as: 'got', queue: 'Q' },
    { do: 'settle', how: 'reject' },
    { do: 'wait', ms: 1800 },
    { do: 'count', as: 'dead letters while it waits', queue: 'D' },
    { do: 'wait', ms: 2500 },
    { do: 'count', as: 'ready afterwards', queue: 'Q' },
    { do: 'drain', as: 'dead', queue: 'D', show: 'deaths' },
  ],
  expect: {
    all: {
      got: 'A',
      'dead letters while it waits': { ready: 0, consumers: 0 },
      'ready afterwards': { ready: 0, consumers: 0 },
      dead: [["1 expired Q '' [Q]"]],
    },
  },
}
