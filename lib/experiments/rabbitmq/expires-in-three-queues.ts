// The time of the message is the first queue’s alone; each queue has its entry in x-death.
import type { Experiment } from './types.ts'

export const expiresInThreeQueues: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'expires-in-three-queues',
  title: 'Expired from queue to queue',
  source: 'rabbitmq.com/docs/dlx; rabbitmq.com/docs/ttl',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'E',
    },
    {
      do: 'declareQueue',
      queue: 'D',
      arguments: {
        'x-message-ttl': 300,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'E',
      },
    },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-message-ttl': 300,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
      },
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B'],
      expiration: '200',
    },
    {
      do: 'wait',
      ms: 1500,
    },
    {
      do: 'drain',
      as: 'deaths',
      queue: 'E',
      show: 'deaths',
    },
  ],
  expect: {
    all: {
      deaths: [
        ["1 expired D '' [D]", "1 expired Q '' [Q] 200"],
        ["1 expired D '' [D]", "1 expired Q '' [Q] 200"],
      ],
    },
  },
}
