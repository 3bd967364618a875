// x-delayed-retry-type failed: a nack comes back at once, a reject and a death wait.
import type { Experiment } from './types.ts'

export const delayedRetryOfFailures: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'delayed-retry-of-failures',
  title: 'Delayed retry of failures alone',
  source: 'rabbitmq.com/docs/quorum-queues 4.3: delayed retry',
  class: 'deterministic',
  types: ['quorum'],
  versions: ['4.3'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-delayed-retry-type': 'failed',
        'x-delayed-retry-min': 2500,
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
      consumers: ['c1'],
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'nack',
      body: 'A',
    },
    {
      do: 'seen',
      as: 'nacked',
      consumers: ['c1'],
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'reject',
      body: 'B',
    },
    {
      do: 'count',
      as: 'rejected',
      queue: 'Q',
    },
    {
      do: 'destroy',
      connection: 'c1',
    },
    {
      do: 'count',
      as: 'dead',
      queue: 'Q',
    },
    {
      do: 'wait',
      ms: 6500,
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      nacked: 'A!{ac1}',
      rejected: {
        ready: 0,
        consumers: 1,
      },
      dead: {
        ready: 0,
        consumers: 0,
      },
      queue: 'B!{dc1,ac1} A!{dc1,ac2}',
    },
  },
}
