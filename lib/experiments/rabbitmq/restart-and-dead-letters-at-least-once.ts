// What is given up in a restart is not lost where dead letters are kept until a queue has taken them; now and then
// it comes twice.
import type { Experiment } from './types.ts'

export const restartAndDeadLettersAtLeastOnce: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'restart-and-dead-letters-at-least-once',
  title: 'A restart and dead letters, at-least-once',
  source: 'rabbitmq.com/docs/quorum-queues: at-least-once dead lettering; rabbit_fifo: handle_down',
  class: 'unspecified',
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
        'x-delivery-limit': 0,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
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
      do: 'seen',
      as: 'seen',
      consumers: ['c1'],
    },
    {
      do: 'restartNode',
    },
    {
      do: 'wait',
      ms: 3000,
    },
    {
      do: 'drain',
      as: 'left',
      queue: 'Q',
    },
    {
      do: 'drain',
      as: 'dead',
      queue: 'D',
      show: 'deaths',
    },
  ],
  expect: {
    all: {
      seen: 'A',
      left: 'B',
      dead: [["1 delivery_limit Q '' [Q]"]],
    },
  },
}
