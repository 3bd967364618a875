// The next consumer begins while the old one still holds older messages: order breaks without any crash.
import type { Experiment } from './types.ts'

export const singleActiveConsumerCancelled: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'single-active-consumer-cancelled',
  title: 'A single active consumer is cancelled',
  row: 'R31',
  source: 'rabbitmq.com/docs/consumers: single active consumer; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q', arguments: { 'x-single-active-consumer': true } },
    { do: 'qos', channel: 'c1', count: 2 },
    { do: 'qos', channel: 'c2', count: 2 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'consume', channel: 'c2', queue: 'Q', consumer: 'c2', handle: { do: 'ack' } },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E'] },
    { do: 'seen', as: 'first', consumers: ['c1', 'c2'] },
    { do: 'cancel', channel: 'c1', consumer: 'c1' },
    { do: 'seen', as: 'cancelled', consumers: ['c1', 'c2'] },
    { do: 'closeChannel', channel: 'c1' },
    { do: 'seen', as: 'closed', consumers: ['c1', 'c2'] },
  ],
  expect: {
    all: { first: 'c1:A c1:B', cancelled: 'c2:C c2:D c2:E', closed: 'c2:A! c2:B!' },
    '4.3/quorum': { closed: 'c2:A!{dc1,ac1} c2:B!{dc1,ac1}' },
    '4.0/quorum': { closed: 'c2:A!{dc1} c2:B!{dc1}' },
  },
}
