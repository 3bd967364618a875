// The first failure is one too many.
import type { Experiment } from './types.ts'

export const deliveryLimitOfZero: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'delivery-limit-of-zero',
  title: 'A delivery limit of 0',
  source: 'rabbitmq.com/docs/quorum-queues: poison message handling',
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
        'x-delivery-limit': 0,
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
      count: 2,
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['c1'],
    },
    {
      do: 'destroy',
      connection: 'c1',
    },
    {
      do: 'count',
      as: 'queue',
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
      seen: 'A B',
      queue: {
        ready: 0,
        consumers: 0,
      },
      dead: [["1 delivery_limit Q '' [Q]"], ["1 delivery_limit Q '' [Q]"]],
    },
  },
}
