// Each consumer’s deliveries go back by themselves, and are delivered before the next ones return.
import type { Experiment } from './types.ts'

export const nackOverTwoConsumers: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'nack-over-two-consumers',
  title: 'One nack over two consumers',
  source: 'rabbit_channel: foreach_per_queue',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1b',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B', 'C', 'D'],
    },
    {
      do: 'cancel',
      channel: 'c1',
      consumer: 'c1b',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['E'],
    },
    {
      do: 'seen',
      consumers: ['c1'],
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'nack',
      tag: 0,
      multiple: true,
    },
    {
      do: 'seen',
      as: 'again',
      consumers: ['c1'],
    },
  ],
  expect: {
    classic: {
      again: 'A! C! E! B! D!',
    },
    '4.3/quorum': {
      again: 'A!{ac1} C!{ac1} E!{ac1} B!{ac1} D!{ac1}',
    },
    '4.0/quorum': {
      again: 'A!{dc1} C!{dc1} E!{dc1} B!{dc1} D!{dc1}',
    },
  },
}
