// A dead letter is new in its queue, also where it is told as redelivered; what comes back to it is not.
import type { Experiment } from './types.ts'

export const deadLetterWithATimeToLiveOfZero: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'dead-letter-with-a-time-to-live-of-zero',
  title: 'Dead-lettered into a queue with x-message-ttl 0',
  source: 'rabbitmq.com/docs/ttl; rabbitmq.com/docs/dlx; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'D', arguments: { 'x-message-ttl': 0 } },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'D' },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'get', as: 'got', queue: 'Q' },
    { do: 'consume', channel: 'c1', queue: 'D', consumer: 'c1' },
    { do: 'settle', how: 'drop' },
    { do: 'seen', as: 'dead letter', consumers: ['c1'] },
    { do: 'settle', channel: 'c1', how: 'nack' },
    { do: 'seen', as: 'sent back', consumers: ['c1'] },
    { do: 'count', as: 'left', queue: 'D' },
  ],
  expect: {
    all: { got: 'A', 'sent back': '', left: { ready: 0, consumers: 1 } },
    classic: { 'dead letter': 'A' },
    '4.3/quorum': { 'dead letter': 'A!{dc1,ac1}' },
    '4.0/quorum': { 'dead letter': 'A!{dc1}' },
  },
}
