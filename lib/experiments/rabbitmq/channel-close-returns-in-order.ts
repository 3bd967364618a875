// Closing a channel in order gives back what it held, as dying does.
import type { Experiment } from './types.ts'

export const channelCloseReturnsInOrder: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'channel-close-returns-in-order',
  title: 'Closing a channel returns what it held',
  row: 'R02',
  source: 'AMQP 0-9-1, channel.close; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E'] },
    { do: 'qos', channel: 'c1', count: 3 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', as: 'c1', consumers: ['c1'] },
    { do: 'closeChannel', channel: 'c1' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    all: { c1: 'A B C', next: 'A! B! C! D E' },
    '4.3/quorum': { next: 'A!{dc1,ac1} B!{dc1,ac1} C!{dc1,ac1} D E' },
    '4.0/quorum': { next: 'A!{dc1} B!{dc1} C!{dc1} D E' },
  },
}
