// Cancelling a consumer gives nothing back; closing its channel does.
import type { Experiment } from './types.ts'

export const cancelKeepsWhatIsHeld: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'cancel-keeps-what-is-held',
  title: 'Cancel, acknowledge one, close',
  row: 'R43',
  source: 'AMQP 0-9-1, basic.cancel; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C'] },
    { do: 'qos', channel: 'c1', count: 2 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', consumers: ['c1'] },
    { do: 'cancel', channel: 'c1', consumer: 'c1' },
    { do: 'count', as: 'ready', queue: 'Q' },
    { do: 'settle', channel: 'c1', how: 'ack', body: 'A' },
    { do: 'closeChannel', channel: 'c1' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    all: { ready: { ready: 1, consumers: 0 }, next: 'B! C' },
    quorum: { ready: { ready: 1, consumers: 1 } },
    '4.3/quorum': { next: 'B!{dc1,ac1} C' },
    '4.0/quorum': { next: 'B!{dc1} C' },
  },
}
