// A prefetch count is asked for before anything else.
import type { Experiment } from './types.ts'

export const streamConsumerRefused: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'stream-consumer-refused',
  title: 'What a consumer of a stream is refused for first',
  source: 'rabbit_stream_queue: consume',
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
      do: 'consume',
      as: 'no ack, no prefetch',
      channel: 'a',
      queue: 'S',
      consumer: 'a',
      noAck: true,
    },
    {
      do: 'qos',
      channel: 'b',
      count: 5,
      global: true,
    },
    {
      do: 'consume',
      as: 'global prefetch alone',
      channel: 'b',
      queue: 'S',
      consumer: 'b',
      arguments: {
        'x-stream-offset': 'first',
      },
    },
    {
      do: 'qos',
      channel: 'c',
      count: 5,
    },
    {
      do: 'qos',
      channel: 'c',
      count: 5,
      global: true,
    },
    {
      do: 'consume',
      as: 'both',
      channel: 'c',
      queue: 'S',
      consumer: 'c',
      arguments: {
        'x-stream-offset': 'first',
      },
    },
    {
      do: 'qos',
      channel: 'd',
      count: 5,
    },
    {
      do: 'qos',
      channel: 'd',
      count: 5,
      global: true,
    },
    {
      do: 'consume',
      as: 'both, no ack',
      channel: 'd',
      queue: 'S',
      consumer: 'd',
      noAck: true,
    },
    {
      do: 'consume',
      as: 'no prefetch, no offset',
      channel: 'e',
      queue: 'S',
      consumer: 'e',
      arguments: {
        'x-stream-offset': 'yesterday',
      },
    },
    {
      do: 'qos',
      channel: 'f',
      count: 5,
    },
    {
      do: 'consume',
      as: 'no ack, no offset',
      channel: 'f',
      queue: 'S',
      consumer: 'f',
      noAck: true,
      arguments: {
        'x-stream-offset': 'yesterday',
      },
    },
  ],
  expect: {
    all: {
      'no ack, no prefetch':
        "406 PRECONDITION_FAILED - consumer prefetch count is not set for stream queue 'S' in vhost '/'",
      'both, no ack':
        "540 NOT_IMPLEMENTED - automatic acknowledgement not supported by stream queue 'S' in vhost '/'",
    },
    '4.3': {
      'global prefetch alone': 'ok',
      both: 'ok',
      'no prefetch, no offset':
        "406 PRECONDITION_FAILED - invalid arg 'x-stream-offset' for queue 'S' in vhost '/': {invalid_stream_offset_arg,{longstr,<<\"yesterday\">>}}",
      'no ack, no offset':
        "406 PRECONDITION_FAILED - invalid arg 'x-stream-offset' for queue 'S' in vhost '/': {invalid_stream_offset_arg,{longstr,<<\"yesterday\">>}}",
    },
    '4.0': {
      'global prefetch alone':
        "406 PRECONDITION_FAILED - consumer prefetch count is not set for stream queue 'S' in vhost '/'",
      both: "540 NOT_IMPLEMENTED - queue 'S' in vhost '/' does not support global qos",
      'no prefetch, no offset': '541 INTERNAL_ERROR',
      'no ack, no offset': '541 INTERNAL_ERROR',
    },
  },
}
