// 4.0 looks only at the oldest delivery of a channel: one that is late behind it is noticed when that is settled.
import type { Experiment } from './types.ts'

export const timeoutOfTheOldest: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'timeout-of-the-oldest',
  title: 'consumer_timeout of the oldest',
  source: 'rabbit_channel 4.0: evaluate_consumer_timeout',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  consumerTimeoutMs: 2000,
  versions: ['4.0'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-consumer-timeout': 60000,
      },
    },
    {
      do: 'declareQueue',
      queue: 'R',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A'],
    },
    {
      do: 'publish',
      queue: 'R',
      bodies: ['B'],
    },
    {
      do: 'get',
      as: 'oldest',
      channel: 'c1',
      queue: 'Q',
    },
    {
      do: 'get',
      as: 'behind it',
      channel: 'c1',
      queue: 'R',
    },
    {
      do: 'wait',
      ms: 6000,
    },
    {
      do: 'events',
      as: 'while the oldest is held',
      channel: 'c1',
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'ack',
      body: 'A',
    },
    {
      do: 'wait',
      ms: 6000,
    },
    {
      do: 'events',
      as: 'afterwards',
      channel: 'c1',
    },
  ],
  expect: {
    all: {
      oldest: 'A',
      'behind it': 'B',
      'while the oldest is held': [],
      afterwards: [
        'closed 406 PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: 2000 ms. This timeout value can be configured, see consumers doc guide to learn more',
      ],
    },
  },
}
