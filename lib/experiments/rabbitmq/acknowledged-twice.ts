// Acknowledging twice is an error that closes the channel; what else it held comes back.
import type { Experiment } from './types.ts'

export const acknowledgedTwice: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'acknowledged-twice',
  title: 'Acknowledged twice',
  row: 'R42',
  source: 'AMQP 0-9-1, basic.ack: unknown delivery tag; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C'] },
    { do: 'qos', channel: 'c1', count: 2 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', as: 'held', consumers: ['c1'] },
    { do: 'settle', channel: 'c1', how: 'ack', body: 'A' },
    { do: 'settle', channel: 'c1', how: 'ack', tag: 1 },
    { do: 'events', as: 'events', channel: 'c1' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    all: {
      held: 'A B',
      events: ['closed 406 PRECONDITION_FAILED - unknown delivery tag 1'],
      next: 'B! C!',
    },
    '4.3/quorum': { next: 'B!{dc1,ac1} C!{dc1,ac1}' },
    '4.0/quorum': { next: 'B!{dc1} C!{dc1}' },
  },
}
