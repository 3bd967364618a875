// A queue that nobody uses for so long is deleted, with what is in it.
import type { Experiment } from './types.ts'

export const unusedQueueExpires: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'unused-queue-expires',
  title: 'x-expires',
  row: 'R73',
  source: 'rabbitmq.com/docs/ttl: queue TTL; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q', arguments: { 'x-expires': 500 } },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'wait', ms: 12_000 },
    { do: 'count', as: 'after', queue: 'Q' },
  ],
  expect: { all: { after: "404 NOT_FOUND - no queue 'Q' in vhost '/'" } },
}
