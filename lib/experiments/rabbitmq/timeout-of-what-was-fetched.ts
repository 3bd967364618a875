// Whoever fetches a message may not keep it any longer than a consumer.
import type { Experiment } from './types.ts'

export const timeoutOfWhatWasFetched: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'timeout-of-what-was-fetched',
  title: 'consumer_timeout and basic.get',
  source: 'rabbit_channel: evaluate_consumer_timeout (4.0), released (4.3); measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  consumerTimeoutMs: 2000,
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
      do: 'get',
      as: 'fetched',
      channel: 'c1',
      queue: 'Q',
    },
    {
      do: 'wait',
      ms: 6000,
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
      fetched: 'A',
    },
    '4.3/classic': {
      events: [],
      next: 'B',
    },
    '4.3/quorum': {
      events: [
        'closed 406 PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: -1 ms. This timeout value can be configured, see consumers doc guide to learn more',
      ],
      next: 'A!{ac1} B',
    },
    '4.0': {
      events: [
        'closed 406 PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: 2000 ms. This timeout value can be configured, see consumers doc guide to learn more',
      ],
    },
    '4.0/classic': {
      next: 'A! B',
    },
    '4.0/quorum': {
      next: 'A!{dc1} B',
    },
  },
}
