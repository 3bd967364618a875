// Expired in somebody’s hands and over the limit at once: the limit is the reason.
import type { Experiment } from './types.ts'

export const rejectedUntilItsTimeIsOver: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'rejected-until-its-time-is-over',
  title: 'A delivery limit and a time to live',
  source: 'rabbitmq.com/docs/quorum-queues; rabbitmq.com/docs/ttl',
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
        'x-delivery-limit': 1,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
      },
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
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A'],
      expiration: '3000',
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'reject',
      body: 'A',
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['c1'],
    },
    {
      do: 'wait',
      ms: 3200,
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'reject',
      body: 'A',
    },
    {
      do: 'wait',
      ms: 200,
    },
    {
      do: 'drain',
      as: 'deaths',
      queue: 'D',
      show: 'deaths',
    },
  ],
  expect: {
    '4.3': {
      seen: 'A A!{dc1,ac1}',
    },
    '4.0': {
      seen: 'A A!{dc1}',
    },
    all: {
      deaths: [["1 delivery_limit Q '' [Q] 3000"]],
    },
  },
}
