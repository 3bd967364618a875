// A classic queue keeps the places of consumers that were full meanwhile; a quorum queue serves first who was free first.
import type { Experiment } from './types.ts'

export const whoIsServedWhenCreditComesBack: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'who-is-served-when-credit-comes-back',
  title: 'Three full consumers acknowledge in another order',
  source: 'rabbit_queue_consumers; rabbit_fifo: service queue',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'qos', channel: 'c2', count: 1 },
    { do: 'qos', channel: 'c3', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'consume', channel: 'c2', queue: 'Q', consumer: 'c2' },
    { do: 'consume', channel: 'c3', queue: 'Q', consumer: 'c3' },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'publish', queue: 'Q', bodies: ['B'] },
    { do: 'publish', queue: 'Q', bodies: ['C'] },
    { do: 'settle', channel: 'c2', how: 'ack' },
    { do: 'settle', channel: 'c1', how: 'ack' },
    { do: 'settle', channel: 'c3', how: 'ack' },
    { do: 'publish', queue: 'Q', bodies: ['D'] },
    { do: 'seen', as: 'seen', consumers: ['c1', 'c2', 'c3'] },
  ],
  expect: {
    classic: { seen: 'c1:A c2:B c3:C c1:D' },
    quorum: { seen: 'c1:A c2:B c3:C c2:D' },
  },
}
