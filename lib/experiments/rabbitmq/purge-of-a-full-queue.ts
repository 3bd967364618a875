// Publishers may go on at once when a queue that refused them is purged.
import type { Experiment } from './types.ts'

export const purgeOfAFullQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'purge-of-a-full-queue',
  title: 'A purge of a queue that refuses publishers',
  source: 'rabbit_fifo.erl: #purge{}, evaluate_limit; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: { 'x-max-length': 2, 'x-overflow': 'reject-publish' },
    },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C'] },
    { do: 'wait', ms: 300 },
    { do: 'publish', as: 'full', queue: 'Q', bodies: ['D'] },
    { do: 'purge', as: 'purge', queue: 'Q' },
    { do: 'wait', ms: 300 },
    { do: 'publish', as: 'purged', queue: 'Q', bodies: ['E'] },
    { do: 'drain', as: 'left', queue: 'Q' },
  ],
  expect: {
    all: { full: 'D:nack', purge: { purged: 2 }, purged: 'E:ack', left: 'E' },
    quorum: { purge: { purged: 3 } },
  },
}
