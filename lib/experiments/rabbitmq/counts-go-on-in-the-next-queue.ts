// Failures are carried from queue to queue. How often it came back is counted anew in each: until it has come back
// there, it is told as the failures that it came with. 4.0 has one header for both.
import type { Experiment } from './types.ts'

export const countsGoOnInTheNextQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'counts-go-on-in-the-next-queue',
  title: 'Counts of a dead letter that comes back',
  source: 'rabbit_fifo_client.erl: add_delivery_count_header; measured',
  class: 'deterministic',
  types: ['quorum'],
  steps: [
    { do: 'declareQueue', queue: 'D' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'D' },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'get', queue: 'Q' },
    { do: 'settle', how: 'drop' },
    { do: 'wait', ms: 300 },
    { do: 'get', as: 'dead letter', queue: 'D' },
    { do: 'settle', how: 'nack' },
    { do: 'wait', ms: 300 },
    { do: 'get', as: 'after a nack', queue: 'D' },
    { do: 'settle', how: 'reject' },
    { do: 'wait', ms: 300 },
    { do: 'get', as: 'after a reject', queue: 'D' },
    { do: 'settle', how: 'nack' },
    { do: 'wait', ms: 300 },
    { do: 'get', as: 'after another nack', queue: 'D' },
    { do: 'closeChannel' },
    { do: 'drain', as: 'after its channel was closed', queue: 'D' },
  ],
  expect: {
    '4.3': {
      'dead letter': 'A!{dc1,ac1}',
      'after a nack': 'A!{dc1,ac1}',
      'after a reject': 'A!{dc2,ac2}',
      'after another nack': 'A!{dc2,ac3}',
      'after its channel was closed': 'A!{dc3,ac4}',
    },
    '4.0': {
      'dead letter': 'A!{dc1}',
      'after a nack': 'A!{dc1}',
      'after a reject': 'A!{dc2}',
      'after another nack': 'A!{dc3}',
      'after its channel was closed': 'A!{dc4}',
    },
  },
}
