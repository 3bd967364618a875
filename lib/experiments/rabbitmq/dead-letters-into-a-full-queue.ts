// A classic queue refuses them, and they are gone; a quorum queue only tells publishers to stop.
import type { Experiment } from './types.ts'

export const deadLettersIntoAFullQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'dead-letters-into-a-full-queue',
  title: 'Dead letters into a full queue',
  source: 'rabbitmq.com/docs/maxlength; rabbitmq.com/docs/dlx',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'D',
      arguments: {
        'x-max-length': 1,
        'x-overflow': 'reject-publish',
      },
    },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-max-length': 1,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
      },
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B', 'C', 'D', 'E'],
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
    {
      do: 'drain',
      as: 'dead',
      queue: 'D',
    },
  ],
  expect: {
    all: {
      queue: 'E',
    },
    classic: {
      dead: 'A',
    },
    quorum: {
      dead: 'A B C D',
    },
  },
}
