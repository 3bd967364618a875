// The channel is closed before anything is routed.
import type { Experiment } from './types.ts'

export const expirationThatIsNoNumber: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'expiration-that-is-no-number',
  title: 'An expiration that is no number',
  source: 'rabbitmq.com/docs/ttl: expiration',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'publish',
      as: 'a word',
      queue: 'Q',
      bodies: ['A'],
      expiration: 'soon',
      channel: 'a',
    },
    {
      do: 'events',
      as: 'told',
      channel: 'a',
    },
    {
      do: 'publish',
      as: 'negative',
      queue: 'Q',
      bodies: ['A'],
      expiration: '-1',
      channel: 'b',
    },
    {
      do: 'events',
      as: 'told again',
      channel: 'b',
    },
    {
      do: 'count',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      'a word': 'A:no answer',
      told: ["closed 406 PRECONDITION_FAILED - invalid expiration 'soon': no_integer"],
      negative: 'A:no answer',
      'told again': [
        "closed 406 PRECONDITION_FAILED - invalid expiration '-1': {value_negative,-1}",
      ],
      queue: {
        ready: 0,
        consumers: 0,
      },
    },
  },
}
