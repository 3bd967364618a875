// 4.0 takes it of a queue of any type, where it goes before what the broker says, and not of a consumer.
import type { Experiment } from './types.ts'

export const timeoutOfAQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'timeout-of-a-queue',
  title: 'x-consumer-timeout of a queue of 4.0',
  source: 'rabbit_channel 4.0: get_queue_consumer_timeout',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  versions: ['4.0'],
  consumerTimeoutMs: 60000,
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-consumer-timeout': 2000,
      },
      as: 'queue',
    },
    {
      do: 'declareQueue',
      queue: 'R',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B'],
    },
    {
      do: 'publish',
      queue: 'R',
      bodies: ['C', 'D'],
    },
    {
      do: 'qos',
      channel: 'c1',
      count: 1,
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
    },
    {
      do: 'qos',
      channel: 'c2',
      count: 1,
    },
    {
      do: 'consume',
      channel: 'c2',
      queue: 'R',
      consumer: 'c2',
      arguments: {
        'x-consumer-timeout': 2000,
      },
    },
    {
      do: 'wait',
      ms: 6000,
    },
    {
      do: 'events',
      as: 'of the queue',
      channel: 'c1',
    },
    {
      do: 'events',
      as: 'of the consumer',
      channel: 'c2',
    },
    {
      do: 'drain',
      as: 'queue with a timeout',
      queue: 'Q',
    },
    {
      do: 'drain',
      as: 'queue without',
      queue: 'R',
    },
  ],
  expect: {
    all: {
      queue: 'ok',
      'of the queue': [
        'closed 406 PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: 2000 ms. This timeout value can be configured, see consumers doc guide to learn more',
      ],
      'of the consumer': [],
      'queue without': 'D',
    },
    classic: {
      'queue with a timeout': 'A! B',
    },
    quorum: {
      'queue with a timeout': 'A!{dc1} B',
    },
  },
}
