// Published again, and dead before the acknowledgement: now there are two.
import type { Experiment } from './types.ts'

export const crashBetweenRepublishAndAcknowledgement: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'crash-between-republish-and-acknowledgement',
  title: 'Published again, then a crash before the acknowledgement',
  row: 'R76',
  source: 'the two are not one transaction; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C'] },
    { do: 'get', channel: 'c1', queue: 'Q' },
    { do: 'publish', channel: 'c1', queue: 'Q', bodies: ['A'] },
    { do: 'destroy', connection: 'c1' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    all: { next: 'A! B C A' },
    '4.3/quorum': { next: 'A!{dc1,ac1} B C A' },
    '4.0/quorum': { next: 'A!{dc1} B C A' },
  },
}
