// A queue is declared again as it is, or not at all.
import type { Experiment } from './types.ts'

export const otherArguments: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'other-arguments',
  title: 'Declared again with another argument',
  row: 'R61',
  source: 'rabbitmq.com/docs/queues: property equivalence; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q', arguments: { 'x-max-length': 5 } },
    { do: 'declareQueue', as: 'same', queue: 'Q', arguments: { 'x-max-length': 5 } },
    { do: 'declareQueue', as: 'other', queue: 'Q', arguments: { 'x-max-length': 6 } },
  ],
  expect: {
    all: {
      same: 'ok',
      other:
        "406 PRECONDITION_FAILED - inequivalent arg 'x-max-length' for queue 'Q' in vhost '/': received '6' but current is '5'",
    },
  },
}
