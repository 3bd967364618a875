// A dead letter of 4.3 carries each failure, and as many acquisitions; one of 4.0 carries one, or none that were too many.
import type { Experiment } from './types.ts'

export const countsOfWhatWasDropped: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'counts-of-what-was-dropped',
  title: 'Counts of what came back twice',
  source: 'rabbit_fifo_dlx; measured',
  class: 'deterministic',
  types: ['quorum'],
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
      how: 'reject',
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
      as: 'for the length',
      queue: 'D',
    },
    {
      do: 'declareQueue',
      queue: 'R',
      arguments: {
        'x-delivery-limit': 2,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
      },
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
      handle: {
        do: 'reject',
      },
    },
    {
      do: 'publish',
      queue: 'R',
      bodies: ['E'],
    },
    {
      do: 'seen',
      consumers: ['c2'],
    },
    {
      do: 'drain',
      as: 'for the limit',
      queue: 'D',
    },
    {
      do: 'declareQueue',
      queue: 'S',
      arguments: {
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
      },
    },
    {
      do: 'publish',
      queue: 'S',
      bodies: ['F'],
    },
    {
      do: 'qos',
      channel: 'c3',
      count: 1,
    },
    {
      do: 'consume',
      channel: 'c3',
      queue: 'S',
      consumer: 'c3',
    },
    {
      do: 'settle',
      channel: 'c3',
      how: 'nack',
      body: 'F',
    },
    {
      do: 'wait',
      ms: 200,
    },
    {
      do: 'settle',
      channel: 'c3',
      how: 'reject',
      body: 'F',
    },
    {
      do: 'wait',
      ms: 200,
    },
    {
      do: 'settle',
      channel: 'c3',
      how: 'drop',
      body: 'F',
    },
    {
      do: 'drain',
      as: 'rejected for good',
      queue: 'D',
    },
  ],
  expect: {
    '4.3': {
      seen: 'A B A!{dc1,ac1}',
      'for the length': 'B!{dc1,ac1} A!{dc2,ac2}',
      'for the limit': 'E!{dc3,ac3}',
      'rejected for good': 'F!{dc2,ac2}',
    },
    '4.0': {
      seen: 'A B A!{dc1}',
      'for the length': 'A!{dc1} B!{dc1}',
      'for the limit': 'E',
      'rejected for good': 'F!{dc1}',
    },
  },
}
