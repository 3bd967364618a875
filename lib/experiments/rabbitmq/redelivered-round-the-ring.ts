// A ring of dead letters: whether the flag says redelivered depends on type and version, and means nothing.
import type { Experiment } from './types.ts'

export const redeliveredRoundTheRing: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'redelivered-round-the-ring',
  title: 'The redelivered flag on the way round a retry ring',
  row: 'R20',
  source: 'rabbitmq.com/docs/dlx; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'WORK',
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'RETRY' },
    },
    {
      do: 'declareQueue',
      queue: 'RETRY',
      arguments: {
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'WORK',
        'x-message-ttl': 100,
      },
    },
    { do: 'publish', queue: 'WORK', bodies: ['A'] },
    { do: 'qos', channel: 'c1', count: 1 },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'WORK',
      consumer: 'c1',
      handle: { do: 'drop', times: 2 },
    },
    { do: 'seen', as: 'seen', consumers: ['c1'], idleMs: 900 },
  ],
  expect: {
    classic: { seen: 'A A A' },
    '4.3/quorum': { seen: 'A A!{dc1,ac1} A!{dc2,ac2}' },
    '4.0/quorum': { seen: 'A A!{dc1} A!{dc2}' },
  },
}
