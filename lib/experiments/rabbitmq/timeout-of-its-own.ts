// Since 4.3 a quorum queue takes it of a queue and of a consumer; classic queues refuse it.
import type { Experiment } from './types.ts'

export const timeoutOfItsOwn: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'timeout-of-its-own',
  title: 'A consumer timeout of its own',
  source: 'rabbitmq.com/docs/consumers 4.3: x-consumer-timeout',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  versions: ['4.3'],
  steps: [
    {
      do: 'declareQueue',
      as: 'queue',
      queue: 'Q',
      arguments: {
        'x-consumer-timeout': 2000,
      },
    },
    {
      do: 'declareQueue',
      queue: 'R',
      channel: 'r',
    },
    {
      do: 'publish',
      channel: 'r',
      queue: 'R',
      bodies: ['A', 'B'],
    },
    {
      do: 'qos',
      channel: 'c1',
      count: 1,
    },
    {
      do: 'consume',
      as: 'consumer',
      channel: 'c1',
      queue: 'R',
      consumer: 'c1',
      arguments: {
        'x-consumer-timeout': 2000,
      },
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['c1'],
    },
    {
      do: 'wait',
      ms: 6000,
    },
    {
      do: 'events',
      as: 'events',
      channel: 'c1',
    },
    {
      do: 'drain',
      as: 'next',
      queue: 'R',
    },
  ],
  expect: {
    classic: {
      queue:
        "406 PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue 'Q' in vhost '/' of queue type rabbit_classic_queue",
      consumer:
        "406 PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue 'R' in vhost '/' of queue type rabbit_classic_queue",
      seen: '',
      events: [
        "closed 406 PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue 'R' in vhost '/' of queue type rabbit_classic_queue",
      ],
      next: 'A B',
    },
    quorum: {
      queue: 'ok',
      consumer: 'ok',
      seen: 'A',
      events: ['cancelled c1'],
      next: 'A!{ac1} B',
    },
  },
}
