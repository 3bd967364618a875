// It is as full as it was.
import type { Experiment } from './types.ts'

export const restartOfAFullQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'restart-of-a-full-queue',
  title: 'A restart of a queue that refuses',
  source: 'rabbitmq.com/docs/maxlength',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-max-length': 2,
        'x-overflow': 'reject-publish',
      },
    },
    {
      do: 'publish',
      as: 'before',
      queue: 'Q',
      bodies: ['A', 'B', 'C', 'D'],
    },
    {
      do: 'restartNode',
    },
    {
      do: 'publish',
      as: 'after',
      queue: 'Q',
      bodies: ['E'],
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    classic: {
      before: 'A:ack B:ack C:nack D:nack',
      queue: 'A B',
    },
    quorum: {
      before: 'A:ack B:ack C:ack D:nack',
      queue: 'A B C',
    },
    all: {
      after: 'E:nack',
    },
  },
}
