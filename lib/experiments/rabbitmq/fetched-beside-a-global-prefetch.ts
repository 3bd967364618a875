// The limit of a channel counts what its consumers were sent.
import type { Experiment } from './types.ts'

export const fetchedBesideAGlobalPrefetch: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'fetched-beside-a-global-prefetch',
  title: 'basic.get beside a limit of the whole channel',
  source: 'rabbit_limiter: can_send; rabbit_channel: notify_limiter',
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
      bodies: ['A', 'B', 'C', 'D', 'E'],
    },
    {
      do: 'qos',
      channel: 'c',
      count: 1,
      global: true,
    },
    {
      do: 'get',
      as: 'fetched',
      channel: 'c',
      queue: 'Q',
    },
    {
      do: 'consume',
      channel: 'c',
      queue: 'Q',
      consumer: 'c',
    },
    {
      do: 'seen',
      as: 'sent beside it',
      consumers: ['c'],
    },
    {
      do: 'get',
      as: 'fetched beside the limit',
      channel: 'c',
      queue: 'Q',
    },
    {
      do: 'settle',
      channel: 'c',
      how: 'ack',
      body: 'A',
    },
    {
      do: 'seen',
      as: 'after the fetched one',
      consumers: ['c'],
    },
    {
      do: 'settle',
      channel: 'c',
      how: 'ack',
      body: 'B',
    },
    {
      do: 'seen',
      as: 'after the sent one',
      consumers: ['c'],
    },
  ],
  expect: {
    all: {
      fetched: 'A',
      'sent beside it': 'B',
      'fetched beside the limit': 'C',
      'after the fetched one': '',
      'after the sent one': 'D',
    },
  },
}
