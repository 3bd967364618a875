// A queue that dead-letters to itself by expiry alone: the message is dropped, it does not go round.
import type { Experiment } from './types.ts'

export const deadLetterCycleIsDropped: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'dead-letter-cycle-is-dropped',
  title: 'A cycle without a rejection',
  row: 'R22',
  source: 'rabbitmq.com/docs/dlx: dead-letter cycles; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: { 'x-dead-letter-exchange': '', 'x-message-ttl': 200 },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'wait', ms: 900 },
    { do: 'count', as: 'left', queue: 'Q' },
  ],
  expect: { all: { left: { ready: 0, consumers: 0 } } },
}
