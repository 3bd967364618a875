// Expired messages go the same way.
import type { Experiment } from './types.ts'

export const atLeastOnceAndExpiry: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'at-least-once-and-expiry',
  title: 'At least once, expired',
  source: 'rabbitmq.com/docs/quorum-queues: at-least-once dead lettering; rabbitmq.com/docs/ttl',
  class: 'deterministic',
  types: ['quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'D',
    },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
        'x-message-ttl': 300,
      },
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B'],
    },
    {
      do: 'wait',
      ms: 1200,
    },
    {
      do: 'count',
      as: 'source',
      queue: 'Q',
    },
    {
      do: 'drain',
      as: 'dead',
      queue: 'D',
      show: 'deaths',
    },
  ],
  expect: {
    all: {
      source: {
        ready: 0,
        consumers: 0,
      },
      dead: [["1 expired Q '' [Q]"], ["1 expired Q '' [Q]"]],
    },
  },
}
