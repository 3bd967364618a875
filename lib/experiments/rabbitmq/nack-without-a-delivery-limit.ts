// Without a delivery limit a quorum queue of 4.0 puts what comes back at its end.
import type { Experiment } from './types.ts'

export const nackWithoutADeliveryLimit: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'nack-without-a-delivery-limit',
  title: 'Nack in a quorum queue without delivery limit',
  row: 'R04b',
  source: 'rabbitmq.com/docs/quorum-queues, repeated requeues; measured',
  class: 'deterministic',
  types: ['quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q', arguments: { 'x-delivery-limit': -1 } },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E'] },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', consumers: ['c1'] },
    { do: 'cancel', channel: 'c1', consumer: 'c1' },
    { do: 'settle', channel: 'c1', how: 'nack', body: 'A' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    '4.3': { next: 'A!{ac1} B C D E' },
    '4.0': { next: 'B C D E A!{dc1}' },
  },
}
