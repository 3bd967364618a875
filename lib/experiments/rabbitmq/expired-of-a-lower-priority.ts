// Each priority of a quorum queue of 4.3 has a head of its own to expire.
import type { Experiment } from './types.ts'

export const expiredOfALowerPriority: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'expired-of-a-lower-priority',
  title: 'Expired behind a higher priority',
  source: 'rabbit_fifo.erl: expire_batch; rabbit_fifo_pq: take_while; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'D' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'D' },
    },
    { do: 'publish', queue: 'Q', bodies: ['H'], priority: 9 },
    { do: 'publish', queue: 'Q', bodies: ['A'], priority: 2, expiration: '800' },
    { do: 'publish', queue: 'Q', bodies: ['B'], priority: 2 },
    { do: 'publish', queue: 'Q', bodies: ['C'], priority: 2, expiration: '800' },
    { do: 'publish', queue: 'Q', bodies: ['E'], priority: 1, expiration: '1200' },
    { do: 'wait', ms: 2500 },
    { do: 'count', as: 'in time', queue: 'Q' },
    { do: 'drain', as: 'dead', queue: 'D' },
    { do: 'drain', as: 'left', queue: 'Q' },
    { do: 'drain', as: 'dead afterwards', queue: 'D' },
  ],
  expect: {
    all: {
      'in time': { ready: 5, consumers: 0 },
      dead: '',
      left: 'H B',
      'dead afterwards': 'A C E',
    },
    '4.3/quorum': {
      'in time': { ready: 3, consumers: 0 },
      dead: 'A E',
      'dead afterwards': 'C',
    },
  },
}
