// The next one is activated when the heartbeats are missed, not before.
import type { Experiment } from './types.ts'

export const silenceAndSingleActiveConsumer: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'silence-and-single-active-consumer',
  title: 'A silent active consumer',
  source: 'rabbitmq.com/docs/heartbeats; rabbitmq.com/docs/consumers: single active consumer',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  heartbeatSeconds: 2,
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-single-active-consumer': true,
      },
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
      count: 5,
    },
    {
      do: 'consume',
      channel: 'c2',
      queue: 'Q',
      consumer: 'c2',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B'],
    },
    {
      do: 'seen',
      as: 'before',
      consumers: ['c1', 'c2'],
    },
    {
      do: 'silence',
      connection: 'c1',
    },
    {
      do: 'seen',
      as: 'at first',
      consumers: ['c2'],
    },
    {
      do: 'wait',
      ms: 9000,
    },
    {
      do: 'seen',
      as: 'afterwards',
      consumers: ['c2'],
    },
  ],
  expect: {
    all: {
      before: 'c1:A',
      'at first': '',
    },
    classic: {
      afterwards: 'A! B',
    },
    '4.3/quorum': {
      afterwards: 'A!{dc1,ac1} B',
    },
    '4.0/quorum': {
      afterwards: 'A!{dc1} B',
    },
  },
}
