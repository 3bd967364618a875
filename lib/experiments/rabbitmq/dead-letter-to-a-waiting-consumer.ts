// A classic queue of 4.3 says "redelivered" of a dead letter only when it had to keep it.
import type { Experiment } from './types.ts'

export const deadLetterToAWaitingConsumer: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'dead-letter-to-a-waiting-consumer',
  title: 'A dead letter, and a consumer that waits for it',
  source: 'rabbit_amqqueue_process.erl: attempt_delivery; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'D' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'D' },
    },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B'] },
    { do: 'get', queue: 'Q' },
    { do: 'get', queue: 'Q' },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'D', consumer: 'c1' },
    { do: 'settle', how: 'drop' },
    { do: 'seen', as: 'straight to it', consumers: ['c1'] },
    { do: 'settle', how: 'drop' },
    { do: 'wait', ms: 500 },
    { do: 'settle', channel: 'c1', how: 'ack' },
    { do: 'seen', as: 'once it has time', consumers: ['c1'] },
  ],
  expect: {
    '4.3/classic': { 'straight to it': 'A', 'once it has time': 'B!' },
    '4.0/classic': { 'straight to it': 'A', 'once it has time': 'B' },
    '4.3/quorum': { 'straight to it': 'A!{dc1,ac1}', 'once it has time': 'B!{dc1,ac1}' },
    '4.0/quorum': { 'straight to it': 'A!{dc1}', 'once it has time': 'B!{dc1}' },
  },
}
