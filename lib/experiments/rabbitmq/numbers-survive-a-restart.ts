// The stream knows the highest number of a publisher as before.
import type { Experiment } from './types.ts'

export const numbersSurviveARestart: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'numbers-survive-a-restart',
  title: 'Publishing ids survive a restart',
  source: 'rabbitmq.com/docs/streams: deduplication',
  class: 'deterministic',
  types: ['stream'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'S',
    },
    {
      do: 'publishNumbered',
      queue: 'S',
      publisher: 'P',
      messages: [
        {
          id: 1,
          body: 'A',
        },
        {
          id: 5,
          body: 'B',
        },
      ],
    },
    {
      do: 'restartNode',
    },
    {
      do: 'publishNumbered',
      as: 'again',
      queue: 'S',
      publisher: 'P',
      messages: [
        {
          id: 5,
          body: 'B2',
        },
        {
          id: 6,
          body: 'C',
        },
      ],
    },
    {
      do: 'qos',
      channel: 'c1',
      count: 9,
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'S',
      consumer: 'c1',
      arguments: {
        'x-stream-offset': 'first',
      },
    },
    {
      do: 'seen',
      as: 'stream',
      consumers: ['c1'],
    },
  ],
  expect: {
    all: {
      again: '5 B2:ack, 6 C:ack',
      stream: 'A@0 B@1 C@2',
    },
  },
}
