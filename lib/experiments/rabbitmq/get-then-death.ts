// What was fetched by basic.get comes back like what was pushed.
import type { Experiment } from './types.ts'

export const getThenDeath: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'get-then-death',
  title: 'basic.get, then the connection dies',
  row: 'R11',
  source: 'AMQP 0-9-1, basic.get; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B'] },
    { do: 'get', as: 'got', channel: 'c1', queue: 'Q' },
    { do: 'destroy', connection: 'c1' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    all: { got: 'A', next: 'A! B' },
    '4.3/quorum': { next: 'A!{dc1,ac1} B' },
    '4.0/quorum': { next: 'A!{dc1} B' },
  },
}
