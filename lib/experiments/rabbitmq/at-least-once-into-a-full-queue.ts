// A target that refuses has what fits; the rest stays where it was.
import type { Experiment } from './types.ts'

export const atLeastOnceIntoAFullQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'at-least-once-into-a-full-queue',
  title: 'At least once into a full queue',
  source: 'rabbitmq.com/docs/quorum-queues: at-least-once dead lettering',
  class: 'deterministic',
  types: ['quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'D',
      arguments: {
        'x-max-length': 1,
        'x-overflow': 'reject-publish',
      },
      type: 'classic',
    },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
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
      channel: 'c1',
      count: 3,
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
      handle: {
        do: 'drop',
      },
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['c1'],
    },
    {
      do: 'wait',
      ms: 400,
    },
    {
      do: 'count',
      as: 'target',
      queue: 'D',
    },
    {
      do: 'count',
      as: 'source',
      queue: 'Q',
    },
    {
      do: 'drain',
      as: 'dead',
      queue: 'D',
    },
  ],
  expect: {
    all: {
      seen: 'A B C',
      target: {
        ready: 1,
        consumers: 0,
      },
      source: {
        ready: 0,
        consumers: 1,
      },
    },
    '4.3': {
      dead: 'A!',
    },
    '4.0': {
      dead: 'A',
    },
  },
}
