// A quorum queue of 4.0 takes every third message by age; one that is younger does not come before its time because it is low.
import type { Experiment } from './types.ts'

export const oneOfThreeByAge: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'one-of-three-by-age',
  title: 'Every third message goes by age',
  source: 'rabbit_fifo_q of 4.0: dequeue counter',
  class: 'deterministic',
  types: ['quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['l1'],
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['l2'],
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['h1'],
      priority: 5,
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['h2'],
      priority: 9,
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['h3'],
      priority: 5,
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['h4'],
      priority: 5,
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['l3'],
      priority: 4,
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['h5'],
      priority: 6,
    },
    {
      do: 'drain',
      as: 'first',
      queue: 'Q',
    },
    {
      do: 'declareQueue',
      queue: 'R',
    },
    {
      do: 'publish',
      queue: 'R',
      bodies: ['h6'],
      priority: 5,
    },
    {
      do: 'publish',
      queue: 'R',
      bodies: ['h7'],
      priority: 5,
    },
    {
      do: 'publish',
      queue: 'R',
      bodies: ['h8'],
      priority: 5,
    },
    {
      do: 'publish',
      queue: 'R',
      bodies: ['l4'],
    },
    {
      do: 'publish',
      queue: 'R',
      bodies: ['l5'],
      priority: 0,
    },
    {
      do: 'drain',
      as: 'young and low',
      queue: 'R',
    },
  ],
  expect: {
    '4.3': {
      first: 'h2 h5 h1 h3 h4 l1 l2 l3',
    },
    '4.0': {
      first: 'h1 h2 l1 h3 h4 l2 h5 l3',
    },
    all: {
      'young and low': 'h6 h7 h8 l4 l5',
    },
  },
}
