// It is dropped once it is at the head of what came back.
import type { Experiment } from './types.ts'

export const expiredAmongTheReturned: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'expired-among-the-returned',
  title: 'Expired among what came back',
  source: 'rabbitmq.com/docs/ttl; rabbitmq.com/docs/dlx',
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
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
      },
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A'],
      expiration: '2500',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['B'],
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
      do: 'seen',
      as: 'held',
      consumers: ['c1'],
    },
    {
      do: 'destroy',
      connection: 'c1',
    },
    {
      do: 'wait',
      ms: 2500,
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
    {
      do: 'drain',
      as: 'deaths',
      queue: 'D',
      show: 'deaths',
    },
  ],
  expect: {
    all: {
      held: 'A B',
      deaths: [["1 expired Q '' [Q] 2500"]],
    },
    classic: {
      queue: 'B!',
    },
    '4.3/quorum': {
      queue: 'B!{dc1,ac1}',
    },
    '4.0/quorum': {
      queue: 'B!{dc1}',
    },
  },
}
