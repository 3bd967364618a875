// Two consumers die one after the other: a classic queue restores the order, a quorum queue does not.
import type { Experiment } from './types.ts'

export const twoInterleavedDeaths: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'two-interleaved-deaths',
  title: 'Two consumers die, the second one first',
  row: 'R50',
  source: 'rabbitmq.com/docs/queues: ordering; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'qos', channel: 'c1', count: 3 },
    { do: 'qos', channel: 'c2', count: 3 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'consume', channel: 'c2', queue: 'Q', consumer: 'c2' },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'publish', queue: 'Q', bodies: ['B'] },
    { do: 'publish', queue: 'Q', bodies: ['C'] },
    { do: 'publish', queue: 'Q', bodies: ['D'] },
    { do: 'publish', queue: 'Q', bodies: ['E'] },
    { do: 'publish', queue: 'Q', bodies: ['F'] },
    { do: 'publish', queue: 'Q', bodies: ['G', 'H'] },
    { do: 'seen', as: 'c1', consumers: ['c1'] },
    { do: 'seen', as: 'c2', consumers: ['c2'] },
    { do: 'cancel', channel: 'c1', consumer: 'c1' },
    { do: 'destroy', connection: 'c2' },
    { do: 'destroy', connection: 'c1' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    all: { c1: 'A C E', c2: 'B D F' },
    classic: { next: 'A! B! C! D! E! F! G H' },
    '4.3/quorum': {
      next: 'B!{dc1,ac1} D!{dc1,ac1} F!{dc1,ac1} A!{dc1,ac1} C!{dc1,ac1} E!{dc1,ac1} G H',
    },
    '4.0/quorum': { next: 'B!{dc1} D!{dc1} F!{dc1} A!{dc1} C!{dc1} E!{dc1} G H' },
  },
}
