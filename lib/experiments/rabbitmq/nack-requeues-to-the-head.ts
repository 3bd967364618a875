// Sent back, it is next again: not at the end of the queue, as is often believed.
import type { Experiment } from './types.ts'

export const nackRequeuesToTheHead: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'nack-requeues-to-the-head',
  title: 'Where one nacked message goes',
  row: 'R04',
  source: 'rabbitmq.com/docs/nack; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E'] },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', as: 'c1', consumers: ['c1'] },
    { do: 'cancel', channel: 'c1', consumer: 'c1' },
    { do: 'settle', channel: 'c1', how: 'nack', body: 'A' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    all: { c1: 'A', next: 'A! B C D E' },
    '4.3/quorum': { next: 'A!{ac1} B C D E' },
    '4.0/quorum': { next: 'A!{dc1} B C D E' },
  },
}
