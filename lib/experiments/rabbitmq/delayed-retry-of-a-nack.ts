// A nack is no failure, so that nothing counts up; whether it is delayed all the same.
import type { Experiment } from './types.ts'

export const delayedRetryOfANack: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'delayed-retry-of-a-nack',
  title: 'Delayed retry of a nacked message',
  source: 'rabbitmq.com/docs/quorum-queues 4.3: delayed retry',
  class: 'deterministic',
  types: ['quorum'],
  versions: ['4.3'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-delayed-retry-type': 'all',
        'x-delayed-retry-min': 1000,
        'x-delayed-retry-max': 5000,
      },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1', handle: { do: 'nack', times: 1 } },
    { do: 'seen', as: 'at once', consumers: ['c1'], idleMs: 500 },
    { do: 'wait', ms: 800 },
    { do: 'seen', as: 'after a second', consumers: ['c1'], idleMs: 500 },
  ],
  expect: { all: { 'at once': 'A', 'after a second': 'A!{ac1}' } },
}
