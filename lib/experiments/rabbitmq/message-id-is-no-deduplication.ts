// The same message_id twice is two messages.
import type { Experiment } from './types.ts'

export const messageIdIsNoDeduplication: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'message-id-is-no-deduplication',
  title: 'The same message id twice',
  row: 'R86',
  source: 'rabbitmq.com/docs/publishers; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'A'], messageId: 'm1' },
    { do: 'drain', as: 'copies', queue: 'Q' },
  ],
  expect: { all: { copies: 'A A' } },
}
