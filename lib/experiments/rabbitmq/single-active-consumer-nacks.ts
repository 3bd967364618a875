// What it sends back comes to it again; cancelled, it still holds, and the next one begins.
import type { Experiment } from './types.ts'

export const singleActiveConsumerNacks: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'single-active-consumer-nacks',
  title: 'Settling as the single active consumer',
  source: 'rabbitmq.com/docs/consumers: single active consumer',
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
      do: 'qos',
      channel: 'c2',
      count: 2,
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
      bodies: ['A', 'B', 'C'],
    },
    {
      do: 'seen',
      as: 'first',
      consumers: ['c1'],
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'nack',
      body: 'A',
    },
    {
      do: 'seen',
      as: 'nacked',
      consumers: ['c1'],
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'drop',
      body: 'B',
    },
    {
      do: 'seen',
      as: 'dropped',
      consumers: ['c1'],
    },
    {
      do: 'cancel',
      channel: 'c1',
      consumer: 'c1',
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'nack',
      body: 'A',
    },
    {
      do: 'seen',
      as: 'c2',
      consumers: ['c2'],
    },
    {
      do: 'closeChannel',
      channel: 'c1',
    },
    {
      do: 'seen',
      as: 'c2 afterwards',
      consumers: ['c2'],
    },
  ],
  expect: {
    all: {
      first: 'A B',
      dropped: 'C',
    },
    classic: {
      nacked: 'A!',
      c2: 'A!',
      'c2 afterwards': 'C!',
    },
    '4.3/quorum': {
      nacked: 'A!{ac1}',
      c2: 'A!{ac2}',
      'c2 afterwards': 'C!{dc1,ac1}',
    },
    '4.0/quorum': {
      nacked: 'A!{dc1}',
      c2: 'A!{dc2}',
      'c2 afterwards': 'C!{dc1}',
    },
  },
}
