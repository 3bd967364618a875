// Redelivered says that it was sent before, not that anybody has looked at it.
import type { Experiment } from './types.ts'

export const redeliveredIsNotProcessed: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'redelivered-is-not-processed',
  title: 'Redelivered though never processed',
  row: 'R10',
  source: 'AMQP 0-9-1, basic.deliver redelivered; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D'] },
    { do: 'qos', channel: 'c1', count: 4 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', consumers: ['c1'] },
    { do: 'settle', channel: 'c1', how: 'ack', body: 'A' },
    { do: 'destroy', connection: 'c1' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    classic: { next: 'B! C! D!' },
    '4.3/quorum': { next: 'B!{dc1,ac1} C!{dc1,ac1} D!{dc1,ac1}' },
    '4.0/quorum': { next: 'B!{dc1} C!{dc1} D!{dc1}' },
  },
}
