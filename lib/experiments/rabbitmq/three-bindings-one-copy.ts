// However many bindings match, a queue gets one copy.
import type { Experiment } from './types.ts'

export const threeBindingsOneCopy: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'three-bindings-one-copy',
  title: 'Three bindings to one queue',
  row: 'R36',
  source: 'AMQP 0-9-1, 3.1.3; measured',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'declareExchange', exchange: 'X', type: 'topic' },
    { do: 'bind', queue: 'Q', exchange: 'X', key: 'a.*' },
    { do: 'bind', queue: 'Q', exchange: 'X', key: '#' },
    { do: 'bind', queue: 'Q', exchange: 'X', key: 'a.b' },
    { do: 'publish', exchange: 'X', key: 'a.b', bodies: ['M'] },
    { do: 'drain', as: 'copies', queue: 'Q' },
  ],
  expect: { all: { copies: 'M' } },
}
