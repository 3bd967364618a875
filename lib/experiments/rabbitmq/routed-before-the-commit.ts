// A binding that is made before the commit comes too late.
import type { Experiment } from './types.ts'

export const routedBeforeTheCommit: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'routed-before-the-commit',
  title: 'Routed when published, returned when committed',
  source: 'rabbit_channel: deliveries of a transaction keep the queues found at first',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'declareExchange',
      exchange: 'X',
      type: 'direct',
    },
    {
      do: 'open',
      channel: 't',
      plain: true,
    },
    {
      do: 'tx',
      channel: 't',
      how: 'select',
    },
    {
      do: 'publish',
      channel: 't',
      exchange: 'X',
      key: 'k',
      bodies: ['A'],
      mandatory: true,
    },
    {
      do: 'events',
      as: 'before',
      channel: 't',
    },
    {
      do: 'bind',
      queue: 'Q',
      exchange: 'X',
      key: 'k',
    },
    {
      do: 'tx',
      channel: 't',
      how: 'commit',
    },
    {
      do: 'events',
      as: 'after',
      channel: 't',
    },
    {
      do: 'count',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      before: [],
      after: ['returned 312 NO_ROUTE k'],
      queue: {
        ready: 0,
        consumers: 0,
      },
    },
  },
}
