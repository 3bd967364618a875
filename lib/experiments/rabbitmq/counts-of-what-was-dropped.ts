// Of all that brought a message back to a quorum queue, one time counts for a dead letter that is dropped for the length.
import type { Experiment } from './types.ts'

export const countsOfWhatWasDropped: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'counts-of-what-was-dropped',
  title: 'Dropped after it came back twice',
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
      as: 'dead',
      queue: 'D',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    '4.3': {
      seen: 'A B A!{dc1,ac1}',
      dead: 'B!{dc1,ac1} A!{dc1,ac1}',
    },
    '4.0': {
      seen: 'A B A!{dc1}',
      dead: 'A!{dc1} B!{dc1}',
    },
    all: {
      queue: 'C D',
    },
  },
}
