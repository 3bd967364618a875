// What is dropped is what would be delivered next: in a queue with priorities, the highest.
import type { Experiment } from './types.ts'

export const priorityAndAFullQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'priority-and-a-full-queue',
  title: 'Priorities and a full queue',
  source: 'rabbitmq.com/docs/priority; rabbitmq.com/docs/maxlength',
  class: 'deterministic',
  types: ['quorum', 'classic'],
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
      do: 'publish',
      queue: 'Q',
      bodies: ['a'],
      priority: 0,
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['b'],
      priority: 9,
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['c'],
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['d'],
      priority: 5,
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['e'],
      priority: 4,
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
    '4.3/quorum': {
      dead: 'b d c',
      queue: 'e a',
    },
    '4.0/quorum': {
      dead: 'b d a',
      queue: 'c e',
    },
    classic: {
      dead: 'a b c',
      queue: 'd e',
    },
  },
}
