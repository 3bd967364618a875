// The delivery limit counts failures; in 4.3 a nack is none, so that a nack loop never ends.
import type { Experiment } from './types.ts'

export const deliveryLimitAndNack: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'delivery-limit-and-nack',
  title: 'A delivery limit of 2 and nacks',
  row: 'R28b',
  source: 'rabbitmq.com/docs/quorum-queues: poison message handling; measured',
  class: 'deterministic',
  types: ['quorum'],
  steps: [
    { do: 'declareQueue', queue: 'DLQ', type: 'classic' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-delivery-limit': 2,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'DLQ',
      },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1', handle: { do: 'nack', times: 6 } },
    { do: 'seen', as: 'seen', consumers: ['c1'] },
    { do: 'drain', as: 'dead', queue: 'DLQ' },
  ],
  expect: {
    '4.3': { seen: 'A A!{ac1} A!{ac2} A!{ac3} A!{ac4} A!{ac5} A!{ac6}', dead: '' },
    '4.0': { seen: 'A A!{dc1} A!{dc2}', dead: 'A' },
  },
}
