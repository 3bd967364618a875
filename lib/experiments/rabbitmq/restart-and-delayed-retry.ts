// It is a failure: what was held waits, unless only what is returned is to wait.
import type { Experiment } from './types.ts'

export const restartAndDelayedRetry: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'restart-and-delayed-retry',
  title: 'A restart and delayed retry',
  source: 'rabbitmq.com/docs/quorum-queues 4.3: delayed retry; rabbit_fifo: should_delay',
  class: 'deterministic',
  types: ['quorum'],
  versions: ['4.3'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-delayed-retry-type': 'all',
        'x-delayed-retry-min': 20000,
      },
    },
    {
      do: 'declareQueue',
      queue: 'R',
      arguments: {
        'x-delayed-retry-type': 'failed',
        'x-delayed-retry-min': 20000,
      },
    },
    {
      do: 'declareQueue',
      queue: 'S',
      arguments: {
        'x-delayed-retry-type': 'returned',
        'x-delayed-retry-min': 20000,
      },
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['Q 1'],
    },
    {
      do: 'publish',
      queue: 'R',
      bodies: ['R 1'],
    },
    {
      do: 'publish',
      queue: 'S',
      bodies: ['S 1'],
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
      consumer: 'c1-q',
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'R',
      consumer: 'c1-r',
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'S',
      consumer: 'c1-s',
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['c1-q', 'c1-r', 'c1-s'],
      show: 'count',
    },
    {
      do: 'restartNode',
    },
    {
      do: 'count',
      as: 'all',
      queue: 'Q',
    },
    {
      do: 'count',
      as: 'failed',
      queue: 'R',
    },
    {
      do: 'count',
      as: 'returned',
      queue: 'S',
    },
    {
      do: 'wait',
      ms: 24000,
    },
    {
      do: 'drain',
      as: 'all, later',
      queue: 'Q',
    },
    {
      do: 'drain',
      as: 'failed, later',
      queue: 'R',
    },
    {
      do: 'drain',
      as: 'returned, later',
      queue: 'S',
    },
  ],
  expect: {
    all: {
      seen: 3,
      all: {
        ready: 0,
        consumers: 0,
      },
      failed: {
        ready: 0,
        consumers: 0,
      },
      returned: {
        ready: 1,
        consumers: 0,
      },
      'all, later': 'Q 1!{dc1,ac1}',
      'failed, later': 'R 1!{dc1,ac1}',
      'returned, later': 'S 1!{dc1,ac1}',
    },
  },
}
