// A dead-letter exchange that is not there: dropped in silence.
import type { Experiment } from './types.ts'

export const missingDeadLetterExchange: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'missing-dead-letter-exchange',
  title: 'A dead-letter exchange that is missing',
  row: 'R71',
  source: 'rabbitmq.com/docs/dlx; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q', arguments: { 'x-dead-letter-exchange': 'nowhere' } },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B'] },
    { do: 'get', channel: 'c1', queue: 'Q' },
    { do: 'settle', channel: 'c1', how: 'drop', body: 'A' },
    { do: 'events', as: 'events', channel: 'c1' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: { all: { events: [], next: 'B' } },
}
