// Dead letters say what befell them before; 4.0 performs several drops of a quorum queue last first.
import type { Experiment } from './types.ts'

export const droppedAfterItCameBack: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'dropped-after-it-came-back',
  title: 'The flags of what is dropped after it came back',
  source: 'rabbitmq.com/docs/maxlength; rabbitmq.com/docs/dlx',
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
    '4.3/classic': {
      dead: 'A! B!',
    },
    '4.0/classic': {
      dead: 'A B',
    },
    '4.3/quorum': {
      dead: 'A!{dc1,ac1} B!{dc1,ac1}',
    },
    '4.0/quorum': {
      dead: 'B!{dc1} A!{dc1}',
    },
    all: {
      queue: 'C D',
    },
  },
}
