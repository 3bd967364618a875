// A process that hangs keeps what it holds until the broker has missed its heartbeats.
import type { Experiment } from './types.ts'

export const silenceUntilTheHeartbeat: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'silence-until-the-heartbeat',
  title: 'Silence, and no closing',
  source: 'rabbitmq.com/docs/heartbeats',
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
      bodies: ['A', 'B', 'C'],
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
      do: 'seen',
      consumers: ['c1'],
    },
    {
      do: 'silence',
      connection: 'c1',
    },
    {
      do: 'wait',
      ms: 1000,
    },
    {
      do: 'count',
      as: 'at first',
      queue: 'Q',
    },
    {
      do: 'wait',
      ms: 9000,
    },
    {
      do: 'count',
      as: 'after two timeouts',
      queue: 'Q',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      'at first': {
        ready: 1,
        consumers: 1,
      },
      'after two timeouts': {
        ready: 3,
        consumers: 0,
      },
    },
    classic: {
      queue: 'A! B! C',
    },
    '4.3/quorum': {
      queue: 'A!{dc1,ac1} B!{dc1,ac1} C',
    },
    '4.0/quorum': {
      queue: 'A!{dc1} B!{dc1} C',
    },
  },
}
