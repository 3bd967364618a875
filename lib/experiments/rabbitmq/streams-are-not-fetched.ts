// Each is an error of the connection.
import type { Experiment } from './types.ts'

export const streamsAreNotFetched: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'streams-are-not-fetched',
  title: 'basic.get, purge and automatic acknowledgements on a stream',
  source: 'rabbitmq.com/docs/streams: feature comparison',
  class: 'deterministic',
  types: ['stream'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'S',
    },
    {
      do: 'publish',
      queue: 'S',
      bodies: ['A'],
    },
    {
      do: 'get',
      as: 'get',
      channel: 'g',
      queue: 'S',
    },
    {
      do: 'purge',
      as: 'purge',
      channel: 'p',
      queue: 'S',
    },
    {
      do: 'qos',
      channel: 'c',
      count: 5,
    },
    {
      do: 'consume',
      as: 'no ack',
      channel: 'c',
      queue: 'S',
      consumer: 'c',
      noAck: true,
    },
  ],
  expect: {
    all: {
      get: "540 NOT_IMPLEMENTED - basic.get not supported by stream queues queue 'S' in vhost '/'",
      purge:
        "540 NOT_IMPLEMENTED - queue.purge not supported by stream queues queue 'S' in vhost '/'",
      'no ack':
        "540 NOT_IMPLEMENTED - automatic acknowledgement not supported by stream queue 'S' in vhost '/'",
    },
  },
}
