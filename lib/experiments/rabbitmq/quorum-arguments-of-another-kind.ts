// 4.3 looks at what 4.0 takes as it is.
import type { Experiment } from './types.ts'

export const quorumArgumentsOfAnotherKind: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'quorum-arguments-of-another-kind',
  title: 'Arguments of quorum queues alone that are of another kind',
  source: 'rabbit_amqqueue: declare_args; rabbit_quorum_queue',
  class: 'deterministic',
  types: ['quorum'],
  steps: [
    {
      do: 'declareQueue',
      as: 'limit',
      queue: 'Q1',
      channel: 'c1',
      arguments: {
        'x-delivery-limit': 'many',
      },
    },
    {
      do: 'declareQueue',
      as: 'limit true',
      queue: 'Q2',
      channel: 'c2',
      arguments: {
        'x-delivery-limit': true,
      },
    },
    {
      do: 'declareQueue',
      as: 'consumer timeout',
      queue: 'Q3',
      channel: 'c3',
      arguments: {
        'x-consumer-timeout': 'long',
      },
    },
    {
      do: 'declareQueue',
      as: 'negative timeout',
      queue: 'Q4',
      channel: 'c4',
      arguments: {
        'x-consumer-timeout': -1,
      },
    },
    {
      do: 'declareQueue',
      as: 'retry type',
      queue: 'Q5',
      channel: 'c5',
      arguments: {
        'x-delayed-retry-type': 'sometimes',
      },
    },
    {
      do: 'declareQueue',
      as: 'retry min',
      queue: 'Q6',
      channel: 'c6',
      arguments: {
        'x-delayed-retry-type': 'all',
        'x-delayed-retry-min': 'long',
      },
    },
  ],
  expect: {
    all: {
      limit: 'ok',
      'limit true': 'ok',
      'retry type': 'ok',
      'retry min': 'ok',
    },
    '4.3': {
      'consumer timeout':
        "406 PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue 'Q3' in vhost '/': \"expected integer, got longstr\"",
      'negative timeout':
        "406 PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue 'Q4' in vhost '/': {value_negative,-1}",
    },
    '4.0': {
      'consumer timeout': 'ok',
      'negative timeout': 'ok',
    },
  },
}
