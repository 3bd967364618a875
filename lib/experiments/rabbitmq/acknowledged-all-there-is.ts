// With multiple it stands for all; without, it is unknown.
import type { Experiment } from './types.ts'

export const acknowledgedAllThereIs: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'acknowledged-all-there-is',
  title: 'Delivery tag 0',
  source: 'AMQP 0-9-1, basic.ack: multiple with tag 0',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'qos',
      channel: 'c1',
      count: 3,
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B', 'C', 'D'],
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'ack',
      tag: 0,
      multiple: true,
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['c1'],
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'ack',
      tag: 0,
    },
    {
      do: 'wait',
      ms: 200,
    },
    {
      do: 'events',
      as: 'events',
      channel: 'c1',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      seen: 'A B C D',
      events: ['closed 406 PRECONDITION_FAILED - unknown delivery tag 0'],
    },
    classic: {
      queue: 'D!',
    },
    '4.3/quorum': {
      queue: 'D!{dc1,ac1}',
    },
    '4.0/quorum': {
      queue: 'D!{dc1}',
    },
  },
}
