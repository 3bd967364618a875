// A delivery that is kept too long: 4.0 closes the channel; 4.3 ends the consumer of a quorum queue, and classic queues do not ask.
import type { Experiment } from './types.ts'

export const consumerTimeout: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'consumer-timeout',
  title: 'consumer_timeout',
  row: 'R79',
  source: 'rabbitmq.com/docs/consumers: delivery acknowledgement timeout; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  consumerTimeoutMs: 2000,
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B'] },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'wait', ms: 6000 },
    { do: 'events', as: 'events', channel: 'c1' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    '4.3/classic': { events: [], next: 'B' },
    '4.3/quorum': { events: ['cancelled c1'], next: 'A!{ac1} B' },
    '4.0/classic': {
      events: [
        'closed 406 PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: 2000 ms. This timeout value can be configured, see consumers doc guide to learn more',
      ],
      next: 'A! B',
    },
    '4.0/quorum': {
      events: [
        'closed 406 PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: 2000 ms. This timeout value can be configured, see consumers doc guide to learn more',
      ],
      next: 'A!{dc1} B',
    },
  },
}
