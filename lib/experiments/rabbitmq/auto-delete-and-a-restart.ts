// Its consumer leaves with the node, and it with its consumer; one that nobody consumes stays.
import type { Experiment } from './types.ts'

export const autoDeleteAndARestart: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'auto-delete-and-a-restart',
  title: 'A restart and an auto-delete queue',
  source: 'rabbitmq.com/docs/queues: temporary queues',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      autoDelete: true,
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
    },
    {
      do: 'declareQueue',
      queue: 'R',
      autoDelete: true,
    },
    {
      do: 'restartNode',
    },
    {
      do: 'count',
      as: 'consumed',
      queue: 'Q',
    },
    {
      do: 'count',
      as: 'not consumed',
      queue: 'R',
    },
  ],
  expect: {
    all: {
      consumed: "404 NOT_FOUND - no queue 'Q' in vhost '/'",
      'not consumed': {
        ready: 0,
        consumers: 0,
      },
    },
  },
}
