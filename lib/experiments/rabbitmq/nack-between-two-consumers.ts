// With two consumers a message that is sent back goes round between them.
import type { Experiment } from './types.ts'

export const nackBetweenTwoConsumers: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'nack-between-two-consumers',
  title: 'Two consumers nack the same message',
  row: 'R08',
  source: 'rabbitmq.com/docs/consumers; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'qos', channel: 'c2', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1', handle: { do: 'nack', times: 2 } },
    { do: 'consume', channel: 'c2', queue: 'Q', consumer: 'c2', handle: { do: 'nack', times: 2 } },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'seen', as: 'seen', consumers: ['c1', 'c2'] },
  ],
  expect: {
    classic: { seen: 'c1:A c2:A! c1:A! c2:A! c1:A!' },
    '4.3/quorum': { seen: 'c1:A c2:A!{ac1} c1:A!{ac2} c2:A!{ac3} c1:A!{ac4}' },
    '4.0/quorum': { seen: 'c1:A c2:A!{dc1} c1:A!{dc2} c2:A!{dc3} c1:A!{dc4}' },
  },
}
