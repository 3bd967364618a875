// A stream takes them like anybody’s.
import type { Experiment } from './types.ts'

export const deadLettersIntoAStream: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'dead-letters-into-a-stream',
  title: 'Dead letters into a stream',
  source: 'rabbitmq.com/docs/dlx; rabbitmq.com/docs/streams',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'D',
      type: 'stream',
    },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-max-length': 1,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
      },
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B', 'C'],
    },
    {
      do: 'qos',
      channel: 's',
      count: 10,
    },
    {
      do: 'consume',
      channel: 's',
      queue: 'D',
      consumer: 's',
      arguments: {
        'x-stream-offset': 'first',
      },
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['s'],
    },
  ],
  expect: {
    all: {
      seen: 'A@0 B@1',
    },
  },
}
