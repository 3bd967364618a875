// A queue is not declared with a limit, a time or an overflow that cannot be.
import type { Experiment } from './types.ts'

export const valuesThatAreNone: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'values-that-are-none',
  title: 'Arguments whose values are none',
  source: 'rabbit_amqqueue: check_arguments',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      as: 'length',
      queue: 'Q',
      arguments: {
        'x-max-length': -1,
      },
      channel: 'a',
    },
    {
      do: 'declareQueue',
      as: 'time',
      queue: 'R',
      arguments: {
        'x-message-ttl': -5,
      },
      channel: 'b',
    },
    {
      do: 'declareQueue',
      as: 'routing key',
      queue: 'S',
      arguments: {
        'x-dead-letter-routing-key': 'k',
      },
      channel: 'c',
    },
    {
      do: 'declareQueue',
      as: 'expires',
      queue: 'T',
      arguments: {
        'x-expires': 0,
      },
      channel: 'd',
    },
    {
      do: 'declareQueue',
      as: 'overflow',
      queue: 'U',
      arguments: {
        'x-overflow': 'what',
      },
      channel: 'e',
    },
    {
      do: 'declareQueue',
      as: 'priority',
      queue: 'V',
      arguments: {
        'x-max-priority': 300,
      },
      channel: 'f',
      type: 'classic',
    },
  ],
  expect: {
    all: {
      length:
        "406 PRECONDITION_FAILED - invalid arg 'x-max-length' for queue 'Q' in vhost '/': {value_negative,-1}",
      time: "406 PRECONDITION_FAILED - invalid arg 'x-message-ttl' for queue 'R' in vhost '/': {value_negative,-5}",
      'routing key':
        "406 PRECONDITION_FAILED - invalid arg 'x-dead-letter-routing-key' for queue 'S' in vhost '/': routing_key_but_no_dlx_defined",
      expires:
        "406 PRECONDITION_FAILED - invalid arg 'x-expires' for queue 'T' in vhost '/': {value_zero,0}",
      overflow:
        "406 PRECONDITION_FAILED - invalid arg 'x-overflow' for queue 'U' in vhost '/': invalid_overflow",
      priority:
        "406 PRECONDITION_FAILED - invalid arg 'x-max-priority' for queue 'V' in vhost '/': {max_value_exceeded,300}",
    },
  },
}
