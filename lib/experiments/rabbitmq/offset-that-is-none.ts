// 4.3 says which argument; 4.0 fails inside and ends the connection.
import type { Experiment } from './types.ts'

export const offsetThatIsNone: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'offset-that-is-none',
  title: 'A stream offset that is none',
  source: 'rabbitmq.com/docs/streams: x-stream-offset',
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
      do: 'qos',
      channel: 'c1',
      count: 2,
    },
    {
      do: 'consume',
      as: 'offset',
      channel: 'c1',
      queue: 'S',
      consumer: 'c1',
      arguments: {
        'x-stream-offset': 'yesterday',
      },
    },
  ],
  expect: {
    '4.3': {
      offset:
        "406 PRECONDITION_FAILED - invalid arg 'x-stream-offset' for queue 'S' in vhost '/': {invalid_stream_offset_arg,{longstr,<<\"yesterday\">>}}",
    },
    '4.0': {
      offset: '541 INTERNAL_ERROR',
    },
  },
}
