// A process that dies gives back what it held; both queue types hand it out first, in order.
import type { Experiment } from './types.ts'

export const deathReturnsInOrder: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'death-returns-in-order',
  title: 'Death returns what was held, in order',
  row: 'R01',
  source: 'rabbitmq.com/docs/confirms: automatic requeueing; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E'] },
    { do: 'qos', channel: 'c1', count: 2 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', as: 'c1', consumers: ['c1'] },
    { do: 'destroy', connection: 'c1' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    all: { c1: 'A B', next: 'A! B! C D E' },
    '4.3/quorum': { next: 'A!{dc1,ac1} B!{dc1,ac1} C D E' },
    '4.0/quorum': { next: 'A!{dc1} B!{dc1} C D E' },
  },
}
