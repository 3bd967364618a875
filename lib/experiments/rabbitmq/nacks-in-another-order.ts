// A classic queue restores the order of publication, a quorum queue keeps the order of return.
import type { Experiment } from './types.ts'

export const nacksInAnotherOrder: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'nacks-in-another-order',
  title: 'Three nacks in another order',
  row: 'R05',
  source: 'rabbitmq.com/docs/queues: ordering; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E'] },
    { do: 'qos', channel: 'c1', count: 3 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', as: 'held', consumers: ['c1'] },
    { do: 'cancel', channel: 'c1', consumer: 'c1' },
    { do: 'settle', channel: 'c1', how: 'nack', body: 'C' },
    { do: 'settle', channel: 'c1', how: 'nack', body: 'A' },
    { do: 'settle', channel: 'c1', how: 'nack', body: 'B' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    all: { held: 'A B C' },
    classic: { next: 'A! B! C! D E' },
    '4.3/quorum': { next: 'C!{ac1} A!{ac1} B!{ac1} D E' },
    '4.0/quorum': { next: 'C!{dc1} A!{dc1} B!{dc1} D E' },
  },
}
