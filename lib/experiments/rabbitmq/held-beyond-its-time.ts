// In a consumer's hands nothing expires; sent back, it is over at once.
import type { Experiment } from './types.ts'

export const heldBeyondItsTime: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'held-beyond-its-time',
  title: 'Time to live while unacknowledged',
  row: 'R27',
  source: 'rabbitmq.com/docs/ttl; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'DLQ' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-message-ttl': 300,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'DLQ',
      },
    },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'wait', ms: 800 },
    { do: 'count', as: 'while held', queue: 'DLQ' },
    { do: 'cancel', channel: 'c1', consumer: 'c1' },
    { do: 'settle', channel: 'c1', how: 'nack', body: 'A' },
    { do: 'wait', ms: 300 },
    { do: 'count', as: 'queue', queue: 'Q' },
    { do: 'drain', as: 'dead', queue: 'DLQ', show: 'deaths' },
  ],
  expect: {
    all: {
      'while held': { ready: 0, consumers: 0 },
      queue: { ready: 0, consumers: 0 },
      dead: [["1 expired Q '' [Q]"]],
    },
  },
}
