// A priority is a number.
import type { Experiment } from './types.ts'

export const consumerArgumentsOfAnotherKind: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'consumer-arguments-of-another-kind',
  title: 'Arguments of a consumer that are of another kind',
  source: 'rabbit_amqqueue: check_consume_arguments, consume_args',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'consume',
      as: 'priority',
      queue: 'Q',
      channel: 'c1',
      consumer: 'c1',
      arguments: {
        'x-priority': 'high',
      },
    },
    {
      do: 'consume',
      as: 'true',
      queue: 'Q',
      channel: 'c2',
      consumer: 'c2',
      arguments: {
        'x-priority': true,
      },
    },
    {
      do: 'consume',
      as: 'no whole number',
      queue: 'Q',
      channel: 'c3',
      consumer: 'c3',
      arguments: {
        'x-priority': 1.5,
      },
    },
    {
      do: 'consume',
      as: 'and of another type',
      queue: 'Q',
      channel: 'c4',
      consumer: 'c4',
      arguments: {
        'x-stream-offset': 'first',
        'x-priority': 'high',
      },
    },
    {
      do: 'consume',
      as: 'timeout',
      queue: 'Q',
      channel: 'c5',
      consumer: 'c5',
      arguments: {
        'x-consumer-timeout': 'long',
      },
    },
    {
      do: 'consume',
      as: 'negative timeout',
      queue: 'Q',
      channel: 'c6',
      consumer: 'c6',
      arguments: {
        'x-consumer-timeout': -1,
      },
    },
    {
      do: 'consume',
      as: 'negative priority',
      queue: 'Q',
      channel: 'c7',
      consumer: 'c7',
      arguments: {
        'x-priority': -1,
      },
    },
  ],
  expect: {
    all: {
      priority:
        "406 PRECONDITION_FAILED - invalid arg 'x-priority' for queue 'Q' in vhost '/': \"expected integer, got longstr\"",
      true: "406 PRECONDITION_FAILED - invalid arg 'x-priority' for queue 'Q' in vhost '/': \"expected integer, got bool\"",
      'no whole number':
        "406 PRECONDITION_FAILED - invalid arg 'x-priority' for queue 'Q' in vhost '/': \"expected integer, got double\"",
      'and of another type':
        "406 PRECONDITION_FAILED - invalid arg 'x-priority' for queue 'Q' in vhost '/': \"expected integer, got longstr\"",
      'negative priority': 'ok',
    },
    '4.3/classic': {
      timeout:
        "406 PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue 'Q' in vhost '/' of queue type rabbit_classic_queue",
      'negative timeout':
        "406 PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue 'Q' in vhost '/' of queue type rabbit_classic_queue",
    },
    '4.3/quorum': {
      timeout:
        "406 PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue 'Q' in vhost '/': \"expected integer, got longstr\"",
      'negative timeout':
        "406 PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue 'Q' in vhost '/': {value_negative,-1}",
    },
    '4.0/classic': {
      timeout: 'ok',
      'negative timeout': 'ok',
    },
    '4.0/quorum': {
      timeout: 'ok',
      'negative timeout': 'ok',
    },
  },
}
