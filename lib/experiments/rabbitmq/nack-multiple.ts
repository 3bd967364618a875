// One nack for all up to it.
import type { Experiment } from './types.ts'

export const nackMultiple: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'nack-multiple',
  title: 'Nack with multiple',
  row: 'R06',
  source: 'rabbitmq.com/docs/nack; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E'] },
    { do: 'qos', channel: 'c1', count: 3 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', consumers: ['c1'] },
    { do: 'cancel', channel: 'c1', consumer: 'c1' },
    { do: 'settle', channel: 'c1', how: 'nack', body: 'C', multiple: true },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    classic: { next: 'A! B! C! D E' },
    '4.3/quorum': { next: 'A!{ac1} B!{ac1} C!{ac1} D E' },
    '4.0/quorum': { next: 'A!{dc1} B!{dc1} C!{dc1} D E' },
  },
}
