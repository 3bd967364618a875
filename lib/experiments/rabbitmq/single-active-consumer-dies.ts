// On death the next consumer gets what the dead one held first, and in order.
import type { Experiment } from './types.ts'

export const singleActiveConsumerDies: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'single-active-consumer-dies',
  title: 'A single active consumer dies',
  row: 'R30',
  source: 'rabbitmq.com/docs/consumers: single active consumer; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q', arguments: { 'x-single-active-consumer': true } },
    { do: 'qos', channel: 'c1', count: 2 },
    { do: 'qos', channel: 'c2', count: 2 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'consume', channel: 'c2', queue: 'Q', consumer: 'c2', handle: { do: 'ack' } },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D'] },
    { do: 'seen', as: 'first', consumers: ['c1', 'c2'] },
    { do: 'destroy', connection: 'c1' },
    { do: 'seen', as: 'then', consumers: ['c1', 'c2'] },
  ],
  expect: {
    all: { first: 'c1:A c1:B', then: 'c2:A! c2:B! c2:C c2:D' },
    '4.3/quorum': { then: 'c2:A!{dc1,ac1} c2:B!{dc1,ac1} c2:C c2:D' },
    '4.0/quorum': { then: 'c2:A!{dc1} c2:B!{dc1} c2:C c2:D' },
  },
}
