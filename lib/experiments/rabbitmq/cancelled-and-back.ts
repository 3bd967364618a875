// A quorum queue remembers what it holds, and so how much credit it has.
import type { Experiment } from './types.ts'

export const cancelledAndBack: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'cancelled-and-back',
  title: 'A consumer that was cancelled comes back',
  source: 'rabbit_fifo: consumers by tag and channel',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
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
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B', 'C', 'D'],
    },
    {
      do: 'cancel',
      channel: 'c1',
      consumer: 'c1',
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
    {
      do: 'settle',
      channel: 'c1',
      how: 'nack',
      body: 'B',
    },
    {
      do: 'seen',
      as: 'after nack',
      consumers: ['c1'],
    },
    {
      do: 'closeChannel',
      channel: 'c1',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    classic: {
      seen: 'A B C D',
      'after ack': '',
      'after nack': 'B!',
      queue: 'B! C! D!',
    },
    quorum: {
      seen: 'A B',
      'after ack': 'C',
    },
    '4.3/quorum': {
      'after nack': 'B!{ac1}',
      queue: 'C!{dc1,ac1} B!{dc1,ac2} D',
    },
    '4.0/quorum': {
      'after nack': 'B!{dc1}',
      queue: 'C!{dc1} B!{dc2} D',
    },
  },
}
