// What a dead letter carries on: the death of its channel is a failure; a reject is one except in 4.0, a nack and a
// recover never are. Classic queues count in 4.3 only, and tell nobody but the next queue.
import type { Experiment, Step } from './types.ts'

/** It comes back once or twice and is dropped for the length by another; or is rejected, or expires. */
const queue = (name: string, more: { readonly [name: string]: number }): Step => ({
  do: 'declareQueue',
  queue: name,
  arguments: { ...more, 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'D' },
})
const fetched = (name: string): readonly Step[] => [
  { do: 'publish', queue: name, bodies: ['A'] },
  { do: 'get', channel: 'g', queue: name },
]
const PAUSE: Step = { do: 'wait', ms: 250 }
const CLOSED: readonly Step[] = [{ do: 'closeChannel', channel: 'g' }, PAUSE]
const settled = (how: 'nack' | 'reject' | 'drop'): readonly Step[] => [
  { do: 'settle', channel: 'g', how },
  PAUSE,
]
const dropped = (name: string, as: string): readonly Step[] => [
  { do: 'publish', queue: name, bodies: ['Z'] },
  PAUSE,
  { do: 'drain', as, queue: 'D' },
]
const ONE = { 'x-max-length': 1 }

export const failuresCarriedOn: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'failures-carried-on',
  title: 'Which returns a dead letter carries on',
  source:
    'rabbit_fifo.erl: incr_msg_headers; rabbit_variable_queue.erl: maybe_inc_delivery_count; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'D', type: 'quorum' },
    ...['death', 'nack', 'reject', 'recover'].map((name) => queue(name, ONE)),
    queue('dropped', {}),
    queue('expired', { 'x-message-ttl': 1500 }),
    ...fetched('death'),
    ...CLOSED,
    ...dropped('death', 'death'),
    ...fetched('nack'),
    ...settled('nack'),
    ...dropped('nack', 'nack'),
    ...fetched('reject'),
    ...settled('reject'),
    ...dropped('reject', 'reject'),
    ...fetched('recover'),
    { do: 'recover', channel: 'g' },
    PAUSE,
    ...dropped('recover', 'recover'),
    ...fetched('dropped'),
    ...CLOSED,
    { do: 'get', channel: 'g', queue: 'dropped' },
    ...settled('drop'),
    { do: 'drain', as: 'death, then rejected for good', queue: 'D' },
    ...fetched('expired'),
    ...CLOSED,
    { do: 'wait', ms: 2000 },
    { do: 'drain', as: 'death, then expired', queue: 'D' },
  ],
  expect: {
    all: { nack: 'A', recover: 'A' },
    '4.3': {
      death: 'A!{dc1,ac1}',
      reject: 'A!{dc1,ac1}',
      'death, then rejected for good': 'A!{dc2,ac2}',
      'death, then expired': 'A!{dc1,ac1}',
    },
    '4.0/classic': {
      death: 'A',
      reject: 'A',
      'death, then rejected for good': 'A',
      'death, then expired': 'A',
    },
    '4.0/quorum': {
      death: 'A!{dc1}',
      reject: 'A',
      'death, then rejected for good': 'A!{dc2}',
      'death, then expired': 'A!{dc1}',
    },
  },
}
