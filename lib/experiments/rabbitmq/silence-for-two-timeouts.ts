// The broker looks once in each timeout, and gives up when it has seen nothing new twice in a row.
import type { Experiment } from './types.ts'

export const silenceForTwoTimeouts: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'silence-for-two-timeouts',
  title: 'How long silence lasts',
  source: 'rabbit_heartbeat: between 2 and 3 intervals after the last data',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  heartbeatSeconds: 2,
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B'],
    },
    {
      do: 'qos',
      channel: 'c1',
      count: 1,
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['c1'],
    },
    {
      do: 'publish',
      channel: 'c1',
      queue: 'Q',
      bodies: ['C'],
    },
    {
      do: 'silence',
      connection: 'c1',
    },
    {
      do: 'wait',
      ms: 3000,
    },
    {
      do: 'count',
      as: 'before two timeouts',
      queue: 'Q',
    },
    {
      do: 'wait',
      ms: 4000,
    },
    {
      do: 'count',
      as: 'after three',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      seen: 'A',
      'before two timeouts': {
        ready: 2,
        consumers: 1,
      },
      'after three': {
        ready: 3,
        consumers: 0,
      },
    },
  },
}
