// It needs a unit and more than nothing.
import type { Experiment } from './types.ts'

export const offsetWithoutAUnit: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'offset-without-a-unit',
  title: 'Intervals as a stream offset that are none',
  source: 'rabbit_amqqueue: check_max_age',
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
      channel: 'c0',
      count: 2,
    },
    {
      do: 'consume',
      as: 'no unit',
      channel: 'c0',
      queue: 'S',
      consumer: 'c0',
      arguments: {
        'x-stream-offset': '7',
      },
    },
    {
      do: 'qos',
      channel: 'c1',
      count: 2,
    },
    {
      do: 'consume',
      as: 'another unit',
      channel: 'c1',
      queue: 'S',
      consumer: 'c1',
      arguments: {
        'x-stream-offset': '7X',
      },
    },
    {
      do: 'qos',
      channel: 'c2',
      count: 2,
    },
    {
      do: 'consume',
      as: 'none',
      channel: 'c2',
      queue: 'S',
      consumer: 'c2',
      arguments: {
        'x-stream-offset': '0D',
      },
    },
    {
      do: 'qos',
      channel: 'c3',
      count: 2,
    },
    {
      do: 'consume',
      as: 'nothing',
      channel: 'c3',
      queue: 'S',
      consumer: 'c3',
      arguments: {
        'x-stream-offset': '',
      },
    },
    {
      do: 'qos',
      channel: 'c4',
      count: 2,
    },
    {
      do: 'consume',
      as: 'two units',
      channel: 'c4',
      queue: 'S',
      consumer: 'c4',
      arguments: {
        'x-stream-offset': '7Dh',
      },
    },
    {
      do: 'qos',
      channel: 'c5',
      count: 2,
    },
    {
      do: 'consume',
      as: 'before now',
      channel: 'c5',
      queue: 'S',
      consumer: 'c5',
      arguments: {
        'x-stream-offset': '-1D',
      },
    },
  ],
  expect: {
    all: {
      'no unit':
        "406 PRECONDITION_FAILED - invalid arg 'x-stream-offset' for queue 'S' in vhost '/': {invalid_stream_offset_arg,{longstr,<<\"7\">>}}",
      'another unit':
        "406 PRECONDITION_FAILED - invalid arg 'x-stream-offset' for queue 'S' in vhost '/': {invalid_stream_offset_arg,{longstr,<<\"7X\">>}}",
      none: "406 PRECONDITION_FAILED - invalid arg 'x-stream-offset' for queue 'S' in vhost '/': {invalid_stream_offset_arg,{longstr,<<\"0D\">>}}",
      'two units':
        "406 PRECONDITION_FAILED - invalid arg 'x-stream-offset' for queue 'S' in vhost '/': {invalid_stream_offset_arg,{longstr,<<\"7Dh\">>}}",
    },
    '4.3': {
      nothing:
        "406 PRECONDITION_FAILED - invalid arg 'x-stream-offset' for queue 'S' in vhost '/': {invalid_stream_offset_arg,{longstr,<<>>}}",
      'before now':
        "406 PRECONDITION_FAILED - invalid arg 'x-stream-offset' for queue 'S' in vhost '/': {invalid_stream_offset_arg,{longstr,<<\"-1D\">>}}",
    },
    '4.0': {
      nothing: '541 INTERNAL_ERROR',
      'before now': '541 INTERNAL_ERROR',
    },
  },
}
