// It goes before what the broker says, also where it is longer.
import type { Experiment } from './types.ts'

export const longerTimeoutOfAQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'longer-timeout-of-a-queue',
  title: 'x-consumer-timeout beyond consumer_timeout',
  source:
    'rabbit_channel 4.0: get_queue_consumer_timeout; rabbit_queue_type 4.3: get_consumer_timeout',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  versions: ['4.0'],
  consumerTimeoutMs: 2000,
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-consumer-timeout': 60000,
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
    },
    {
      do: 'wait',
      ms: 6000,
    },
    {
      do: 'events',
      as: 'events',
      channel: 'c1',
    },
    {
      do: 'drain',
      as: 'next',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      events: [],
      next: 'B',
    },
  },
}
