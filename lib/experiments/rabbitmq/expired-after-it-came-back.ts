// Sent back after its time: the dead letter shows nothing of what befell it in its queue.
import type { Experiment } from './types.ts'

export const expiredAfterItCameBack: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'expired-after-it-came-back',
  title: 'The flags of a message that expired after it came back',
  source: 'rabbitmq.com/docs/ttl; rabbitmq.com/docs/dlx',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'DLQ' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-message-ttl': 300,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'DLQ',
      },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'get', channel: 'c1', queue: 'Q' },
    { do: 'wait', ms: 700 },
    { do: 'settle', channel: 'c1', how: 'nack', body: 'A' },
    { do: 'drain', as: 'dead', queue: 'DLQ' },
  ],
  expect: { all: { dead: 'A' } },
}
