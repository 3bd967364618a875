// A quorum queue refuses it.
import type { Experiment } from './types.ts'

export const fetchBesideASingleActiveConsumer: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'fetch-beside-a-single-active-consumer',
  title: 'basic.get beside a single active consumer',
  source: 'rabbitmq.com/docs/quorum-queues: single active consumer',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-single-active-consumer': true,
      },
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B'],
    },
    {
      do: 'get',
      as: 'get',
      queue: 'Q',
      channel: 'g',
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['c1'],
    },
  ],
  expect: {
    classic: {
      get: 'A',
      seen: 'B',
    },
    '4.3/quorum': {
      get: "405 RESOURCE_LOCKED - cannot obtain access to locked queue 'Q' in vhost '/'. basic.get operations are not supported by <<\"quorum\">> queues with single active consumer",
    },
    '4.0/quorum': {
      get: "405 RESOURCE_LOCKED - cannot obtain access to locked queue 'Q' in vhost '/'. basic.get operations are not supported by quorum queues with single active consumer",
    },
    quorum: {
      seen: 'A B',
    },
  },
}
