// A classic queue looks at its length before it delivers again, a quorum queue afterwards.
import type { Experiment } from './types.ts'

export const droppedBeforeItIsDeliveredAgain: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'dropped-before-it-is-delivered-again',
  title: 'A nack at a full queue',
  source: 'rabbitmq.com/docs/maxlength; amqqueue_process: requeue',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'D',
    },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-max-length': 2,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
      },
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
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B'],
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['C', 'D'],
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'nack',
      body: 'A',
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['c1'],
    },
    {
      do: 'closeChannel',
      channel: 'c1',
    },
    {
      do: 'drain',
      as: 'dead',
      queue: 'D',
      show: 'routes',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    classic: {
      seen: 'A B C',
      dead: ['A >D', 'B >D'],
      queue: 'C! D',
    },
    '4.3/quorum': {
      seen: 'A B A!{ac1}',
      dead: ['B >D', 'A >D'],
    },
    '4.0/quorum': {
      seen: 'A B A!{dc1}',
      dead: ['A >D', 'B >D'],
    },
    quorum: {
      queue: 'C D',
    },
  },
}
