// They are kept, are not ready, and count for the length at which publishers are refused.
import type { Experiment } from './types.ts'

export const deadLettersWithNoTarget: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'dead-letters-with-no-target',
  title: 'At least once, and nobody takes them',
  source: 'rabbitmq.com/docs/quorum-queues: at-least-once dead lettering',
  class: 'deterministic',
  types: ['quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'nowhere',
        'x-max-length': 2,
      },
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B'],
    },
    {
      do: 'qos',
      channel: 'c1',
      count: 2,
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'drop',
      body: 'A',
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'drop',
      body: 'B',
    },
    {
      do: 'wait',
      ms: 400,
    },
    {
      do: 'count',
      as: 'kept',
      queue: 'Q',
    },
    {
      do: 'publish',
      as: 'confirms',
      queue: 'Q',
      bodies: ['C', 'D', 'E', 'F'],
    },
    {
      do: 'cancel',
      channel: 'c1',
      consumer: 'c1',
    },
    {
      do: 'wait',
      ms: 200,
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      kept: {
        ready: 0,
        consumers: 1,
      },
      confirms: 'C:ack D:ack E:ack F:nack',
      queue: 'E',
    },
  },
}
