// A quorum queue gives back in the order of delivery, a classic one in that of publication.
import type { Experiment } from './types.ts'

export const restartAndTheOrderHeld: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'restart-and-the-order-held',
  title: 'A restart and the order of delivery',
  source: 'rabbit_fifo: returned by delivery',
  class: 'deterministic',
  types: ['classic', 'quorum'],
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
      as: 'again',
      consumers: ['c1'],
    },
    {
      do: 'restartNode',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    classic: {
      again: 'B!',
      queue: 'A! B! C! D E',
    },
    '4.3/quorum': {
      again: 'B!{ac1}',
      queue: 'A!{dc1,ac1} C!{dc1,ac1} B!{dc1,ac2} D E',
    },
    '4.0/quorum': {
      again: 'B!{dc1}',
      queue: 'A!{dc1} C!{dc1} B!{dc2} D E',
    },
  },
}
