// Values of what its type knows come before names, names before properties, and values in an order of the broker’s own.
import type { Experiment } from './types.ts'

export const whichMistakeIsTold: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'which-mistake-is-told',
  title: 'A queue with two mistakes: which of them is told',
  source: 'rabbit_channel: queue.declare; rabbit_amqqueue: check_declare_arguments, declare_args',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      as: 'value before name',
      queue: 'Q19',
      channel: 'c19',
      arguments: {
        'x-stream-max-segment-size-bytes': 5,
        'x-max-length': -1,
      },
    },
    {
      do: 'declareQueue',
      as: 'two values',
      queue: 'Q20',
      channel: 'c20',
      arguments: {
        'x-max-length': -1,
        'x-expires': 0,
      },
    },
    {
      do: 'declareQueue',
      as: 'two values the other way',
      queue: 'Q21',
      channel: 'c21',
      arguments: {
        'x-overflow': 'what',
        'x-max-length': -1,
      },
    },
    {
      do: 'declareQueue',
      as: 'of another type and wrong',
      queue: 'Q22',
      channel: 'c22',
      arguments: {
        'x-max-age': true,
      },
    },
    {
      do: 'declareQueue',
      as: 'property and value',
      queue: 'Q24',
      channel: 'c24',
      arguments: {
        'x-max-length': -1,
      },
      type: 'quorum',
      transient: true,
    },
    {
      do: 'declareQueue',
      as: 'property and name',
      queue: 'Q25',
      channel: 'c25',
      arguments: {
        'x-max-priority': 1,
      },
      type: 'quorum',
      transient: true,
    },
    {
      do: 'declareQueue',
      as: 'dead letters before all',
      queue: 'Q34',
      channel: 'c34',
      arguments: {
        'x-dead-letter-exchange': true,
        'x-queue-type': 'foo',
      },
    },
  ],
  expect: {
    all: {
      'value before name':
        "406 PRECONDITION_FAILED - invalid arg 'x-max-length' for queue 'Q19' in vhost '/': {value_negative,-1}",
      'two values':
        "406 PRECONDITION_FAILED - invalid arg 'x-expires' for queue 'Q20' in vhost '/': {value_zero,0}",
      'two values the other way':
        "406 PRECONDITION_FAILED - invalid arg 'x-max-length' for queue 'Q21' in vhost '/': {value_negative,-1}",
      'property and value':
        "406 PRECONDITION_FAILED - invalid arg 'x-max-length' for queue 'Q24' in vhost '/': {value_negative,-1}",
      'property and name':
        "406 PRECONDITION_FAILED - invalid arg 'x-max-priority' for queue 'Q25' in vhost '/' of queue type rabbit_quorum_queue",
      'dead letters before all':
        "406 PRECONDITION_FAILED - invalid type 'bool' for arg 'x-dead-letter-exchange' in queue 'Q34' in vhost '/'",
    },
    classic: {
      'of another type and wrong':
        "406 PRECONDITION_FAILED - invalid arg 'x-max-age' for queue 'Q22' in vhost '/' of queue type rabbit_classic_queue",
    },
    quorum: {
      'of another type and wrong':
        "406 PRECONDITION_FAILED - invalid arg 'x-max-age' for queue 'Q22' in vhost '/' of queue type rabbit_quorum_queue",
    },
  },
}
