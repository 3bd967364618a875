// With room for more, a message that is sent back comes again at once, before what is new.
import type { Experiment } from './types.ts'

export const nackWithALargerPrefetch: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'nack-with-a-larger-prefetch',
  title: 'Nack with prefetch 3',
  row: 'R63',
  source: 'rabbitmq.com/docs/nack; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E'] },
    { do: 'qos', channel: 'c1', count: 3 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', as: 'held', consumers: ['c1'] },
    { do: 'settle', channel: 'c1', how: 'nack', body: 'A' },
    { do: 'seen', as: 'next', consumers: ['c1'] },
  ],
  expect: {
    all: { held: 'A B C', next: 'A!' },
    '4.3/quorum': { next: 'A!{ac1}' },
    '4.0/quorum': { next: 'A!{dc1}' },
  },
}
