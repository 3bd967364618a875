// What was acknowledged in the middle is gone; its neighbours come back.
import type { Experiment } from './types.ts'

export const acknowledgedInTheMiddle: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'acknowledged-in-the-middle',
  title: 'Acknowledged in the middle, then death',
  row: 'R03',
  source: 'rabbitmq.com/docs/confirms; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E'] },
    { do: 'qos', channel: 'c1', count: 3 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', as: 'held', consumers: ['c1'] },
    { do: 'settle', channel: 'c1', how: 'ack', body: 'B' },
    { do: 'seen', as: 'then', consumers: ['c1'] },
    { do: 'destroy', connection: 'c1' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    all: { held: 'A B C', then: 'D', next: 'A! C! D! E' },
    '4.3/quorum': { next: 'A!{dc1,ac1} C!{dc1,ac1} D!{dc1,ac1} E' },
    '4.0/quorum': { next: 'A!{dc1} C!{dc1} D!{dc1} E' },
  },
}
