// The second ends the first.
import type { Experiment } from './types.ts'

export const globalPrefetchTakenBack: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'global-prefetch-taken-back',
  title: 'A limit of the channel, then one of each consumer',
  source: 'rabbit_channel of 4.0: basic.qos',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B', 'C', 'D'],
    },
    {
      do: 'qos',
      channel: 'c1',
      count: 1,
      global: true,
    },
    {
      do: 'qos',
      channel: 'c1',
      count: 3,
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
      do: 'settle',
      channel: 'c1',
      how: 'ack',
      body: 'A',
    },
    {
      do: 'seen',
      as: 'after ack',
      consumers: ['c1'],
    },
  ],
  expect: {
    all: {
      seen: 'A B C',
      'after ack': 'D',
    },
  },
}
