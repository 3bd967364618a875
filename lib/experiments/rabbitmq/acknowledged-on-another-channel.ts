// Delivery tags are of their channel; acknowledging on another one closes that one.
import type { Experiment } from './types.ts'

export const acknowledgedOnAnotherChannel: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'acknowledged-on-another-channel',
  title: 'Acknowledged on the wrong channel',
  row: 'R41',
  source: 'rabbitmq.com/docs/confirms: delivery tags; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B'] },
    { do: 'open', channel: 'c1', connection: 'k' },
    { do: 'open', channel: 'c2', connection: 'k' },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'settle', channel: 'c2', how: 'ack', tag: 1 },
    { do: 'events', as: 'c1', channel: 'c1' },
    { do: 'events', as: 'c2', channel: 'c2' },
    { do: 'count', as: 'ready', queue: 'Q' },
  ],
  expect: {
    all: {
      c1: [],
      c2: ['closed 406 PRECONDITION_FAILED - unknown delivery tag 1'],
      ready: { ready: 1, consumers: 1 },
    },
  },
}
