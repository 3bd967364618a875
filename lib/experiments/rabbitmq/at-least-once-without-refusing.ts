// Without reject-publish the strategy falls back to at most once.
import type { Experiment } from './types.ts'

export const atLeastOnceWithoutRefusing: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'at-least-once-without-refusing',
  title: 'At least once beside drop-head',
  source: 'rabbitmq.com/docs/quorum-queues: at-least-once needs reject-publish',
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
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
        'x-dead-letter-strategy': 'at-least-once',
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
        do: 'drop',
        times: 1,
      },
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['c1'],
    },
    {
      do: 'drain',
      as: 'dead',
      queue: 'D',
    },
  ],
  expect: {
    all: {
      seen: 'A B',
    },
    '4.3': {
      dead: 'A!{dc1,ac1}',
    },
    '4.0': {
      dead: 'A!{dc1}',
    },
  },
}
