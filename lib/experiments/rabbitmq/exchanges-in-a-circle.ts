// Each is visited once.
import type { Experiment } from './types.ts'

export const exchangesInACircle: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'exchanges-in-a-circle',
  title: 'Exchanges bound in a circle',
  source: 'rabbitmq.com/docs/e2e',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareExchange',
      exchange: 'X',
      type: 'fanout',
    },
    {
      do: 'declareExchange',
      exchange: 'Y',
      type: 'fanout',
    },
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'bindExchange',
      from: 'X',
      to: 'Y',
    },
    {
      do: 'bindExchange',
      from: 'Y',
      to: 'X',
    },
    {
      do: 'bind',
      queue: 'Q',
      exchange: 'Y',
    },
    {
      do: 'publish',
      exchange: 'X',
      bodies: ['A'],
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      queue: 'A',
    },
  },
}
