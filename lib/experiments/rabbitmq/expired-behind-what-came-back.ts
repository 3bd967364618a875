// A quorum queue of 4.3 drops what has expired at the head of what came back and of each priority; others only
// at their one head.
import type { Experiment } from './types.ts'

export const expiredBehindWhatCameBack: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'expired-behind-what-came-back',
  title: 'Expired behind what came back',
  source: 'rabbit_fifo.erl: expire_batch; rabbitmq.com/docs/ttl; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'D' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'D' },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'get', as: 'got', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['B'], expiration: '800' },
    { do: 'settle', how: 'nack' },
    { do: 'wait', ms: 2000 },
    { do: 'count', as: 'in time', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['C'] },
    { do: 'count', as: 'one more', queue: 'Q' },
    { do: 'drain', as: 'dead', queue: 'D' },
    { do: 'drain', as: 'left', queue: 'Q' },
  ],
  expect: {
    all: {
      got: 'A',
      'in time': { ready: 2, consumers: 0 },
      'one more': { ready: 3, consumers: 0 },
      dead: '',
      left: 'A! C',
    },
    '4.3/quorum': {
      'in time': { ready: 1, consumers: 0 },
      'one more': { ready: 2, consumers: 0 },
      dead: 'B',
      left: 'A!{ac1} C',
    },
    '4.0/quorum': { left: 'A!{dc1} C' },
  },
}
