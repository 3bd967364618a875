// They count only where the binding says so.
import type { Experiment } from './types.ts'

export const headersThatBeginWithX: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'headers-that-begin-with-x',
  title: 'Headers that begin with x-',
  source: 'rabbitmq.com/docs/exchanges: headers, all-with-x and any-with-x',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareExchange',
      exchange: 'H',
      type: 'headers',
    },
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'declareQueue',
      queue: 'R',
    },
    {
      do: 'declareQueue',
      queue: 'S',
    },
    {
      do: 'bind',
      queue: 'Q',
      exchange: 'H',
      arguments: {
        'x-match': 'any',
        a: 1,
        b: 2,
      },
    },
    {
      do: 'bind',
      queue: 'R',
      exchange: 'H',
      arguments: {
        'x-match': 'all-with-x',
        'x-a': 1,
      },
    },
    {
      do: 'bind',
      queue: 'S',
      exchange: 'H',
      arguments: {
        'x-match': 'any-with-x',
        'x-a': 1,
        b: 3,
      },
    },
    {
      do: 'publish',
      exchange: 'H',
      bodies: ['A'],
      headers: {
        a: 1,
      },
    },
    {
      do: 'publish',
      exchange: 'H',
      bodies: ['B'],
      headers: {
        'x-a': 1,
      },
    },
    {
      do: 'publish',
      exchange: 'H',
      bodies: ['C'],
      headers: {
        b: 3,
      },
    },
    {
      do: 'publish',
      exchange: 'H',
      bodies: ['D'],
    },
    {
      do: 'drain',
      as: 'any',
      queue: 'Q',
    },
    {
      do: 'drain',
      as: 'all-with-x',
      queue: 'R',
    },
    {
      do: 'drain',
      as: 'any-with-x',
      queue: 'S',
    },
  ],
  expect: {
    all: {
      any: 'A',
      'all-with-x': 'B',
      'any-with-x': 'B C',
    },
  },
}
