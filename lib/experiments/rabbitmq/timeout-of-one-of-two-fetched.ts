// Of what is fetched each is timed by itself; the other goes down with the channel, a failure.
import type { Experiment } from './types.ts'

export const timeoutOfOneOfTwoFetched: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'timeout-of-one-of-two-fetched',
  title: 'consumer_timeout of one of two',
  source: 'rabbit_fifo: a basic.get is a consumer of its own; rabbit_channel: released (4.3)',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  consumerTimeoutMs: 5000,
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
      do: 'get',
      as: 'first',
      channel: 'c1',
      queue: 'Q',
    },
    {
      do: 'wait',
      ms: 2000,
    },
    {
      do: 'get',
      as: 'second',
      channel: 'c1',
      queue: 'Q',
    },
    {
      do: 'wait',
      ms: 5000,
    },
    {
      do: 'events',
      as: 'events',
      channel: 'c1',
    },
    {
      do: 'drain',
      as: 'next',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      first: 'A',
      second: 'B',
    },
    '4.3/classic': {
      events: [],
      next: 'C',
    },
    '4.3/quorum': {
      events: [
        'closed 406 PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: -1 ms. This timeout value can be configured, see consumers doc guide to learn more',
      ],
      next: 'A!{ac1} B!{dc1,ac1} C',
    },
    '4.0': {
      events: [
        'closed 406 PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: 5000 ms. This timeout value can be configured, see consumers doc guide to learn more',
      ],
    },
    '4.0/classic': {
      next: 'A! B! C',
    },
    '4.0/quorum': {
      next: 'A!{dc1} B!{dc1} C',
    },
  },
}
