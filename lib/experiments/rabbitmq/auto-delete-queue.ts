// An auto-delete queue waits for its first consumer and goes with its last.
import type { Experiment } from './types.ts'

export const autoDeleteQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'auto-delete-queue',
  title: 'An auto-delete queue',
  row: 'R66',
  source: 'rabbitmq.com/docs/queues: temporary queues; measured',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    { do: 'declareQueue', queue: 'Q', autoDelete: true },
    { do: 'count', as: 'before', queue: 'Q' },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'cancel', channel: 'c1', consumer: 'c1' },
    { do: 'wait', ms: 200 },
    { do: 'count', as: 'after', queue: 'Q' },
  ],
  expect: {
    all: {
      before: { ready: 0, consumers: 0 },
      after: "404 NOT_FOUND - no queue 'Q' in vhost '/'",
    },
  },
}
