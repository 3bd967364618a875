// Each failure waits; the one too many goes to the dead letters at once.
import type { Experiment } from './types.ts'

export const delayedRetryAndTheLimit: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'delayed-retry-and-the-limit',
  title: 'Delayed retry up to the delivery limit',
  source: 'rabbitmq.com/docs/quorum-queues 4.3: delayed retry',
  class: 'deterministic',
  types: ['quorum'],
  versions: ['4.3'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'D',
    },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-delayed-retry-type': 'all',
        'x-delayed-retry-min': 500,
        'x-delivery-limit': 1,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
      },
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B'],
    },
    {
      do: 'qos',
      channel: 'c1',
      count: 1,
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
      handle: {
        do: 'reject',
        only: ['A'],
      },
    },
    {
      do: 'seen',
      as: 'at first',
      consumers: ['c1'],
    },
    {
      do: 'wait',
      ms: 1500,
    },
    {
      do: 'seen',
      as: 'later',
      consumers: ['c1'],
    },
    {
      do: 'drain',
      as: 'deaths',
      queue: 'D',
      show: 'deaths',
    },
  ],
  expect: {
    all: {
      'at first': 'A B A!{dc1,ac1}',
      later: '',
      deaths: [["1 delivery_limit Q '' [Q]"]],
    },
  },
}
