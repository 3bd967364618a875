// With a target they move as others do, in the order in which they were dropped.
import type { Experiment } from './types.ts'

export const deadLettersAtLeastOnce: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'dead-letters-at-least-once',
  title: 'Dead letters, at least once',
  source: 'rabbitmq.com/docs/quorum-queues: at-least-once dead lettering',
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
    },
    {
      do: 'seen',
      consumers: ['c1'],
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'drop',
      body: 'B',
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'drop',
      body: 'A',
    },
    {
      do: 'wait',
      ms: 400,
    },
    {
      do: 'count',
      as: 'source',
      queue: 'Q',
    },
    {
      do: 'drain',
      as: 'deaths',
      queue: 'D',
      show: 'deaths',
    },
  ],
  expect: {
    all: {
      source: {
        ready: 0,
        consumers: 1,
      },
      deaths: [["1 rejected Q '' [Q]"], ["1 rejected Q '' [Q]"]],
    },
  },
}
