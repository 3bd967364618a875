// Purging takes away what waits for its retry, too; what somebody holds stays.
import type { Experiment } from './types.ts'

export const purgeAndWhatWaits: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'purge-and-what-waits',
  title: 'A purge during a delayed retry',
  source: 'rabbit_fifo.erl: #purge{}; measured',
  class: 'deterministic',
  types: ['quorum'],
  versions: ['4.3'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: { 'x-delayed-retry-type': 'all', 'x-delayed-retry-min': 2000 },
    },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C'] },
    { do: 'get', as: 'waits', queue: 'Q' },
    { do: 'settle', how: 'nack' },
    { do: 'get', as: 'held', queue: 'Q' },
    { do: 'purge', as: 'purge', queue: 'Q' },
    { do: 'count', as: 'purged', queue: 'Q' },
    { do: 'wait', ms: 3000 },
    { do: 'count', as: 'later', queue: 'Q' },
    { do: 'closeChannel' },
    { do: 'wait', ms: 3000 },
    { do: 'drain', as: 'left', queue: 'Q' },
  ],
  expect: {
    all: {
      waits: 'A',
      held: 'B',
      purge: { purged: 2 },
      purged: { ready: 0, consumers: 1 },
      later: { ready: 0, consumers: 1 },
      left: 'B!{dc1,ac1}',
    },
  },
}
