// A message that comes back waits, longer each time; what stands behind it overtakes it.
import type { Experiment } from './types.ts'

export const delayedRetry: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'delayed-retry',
  title: 'Delayed retry',
  row: 'R51',
  source: 'rabbitmq.com/docs/quorum-queues 4.3: delayed retry; measured',
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
    { do: 'publish', queue: 'Q', bodies: ['A', 'B'] },
    { do: 'qos', channel: 'c1', count: 1 },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
      handle: { do: 'reject', only: ['A'], times: 2 },
    },
    { do: 'seen', as: 'at once', consumers: ['c1'], idleMs: 500 },
    { do: 'wait', ms: 800 },
    { do: 'seen', as: 'after a second', consumers: ['c1'], idleMs: 500 },
    { do: 'wait', ms: 1500 },
    { do: 'seen', as: 'after two more', consumers: ['c1'], idleMs: 500 },
  ],
  expect: {
    all: {
      'at once': 'A B',
      'after a second': 'A!{dc1,ac1}',
      'after two more': 'A!{dc2,ac2}',
    },
  },
}
