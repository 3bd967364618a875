// What goes to an alternate exchange is not unroutable: nothing is returned.
import type { Experiment } from './types.ts'

export const alternateExchange: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'alternate-exchange',
  title: 'An alternate exchange and mandatory',
  row: 'R40',
  source: 'rabbitmq.com/docs/ae; measured',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    { do: 'declareExchange', exchange: 'AE', type: 'fanout' },
    { do: 'declareQueue', queue: 'Q' },
    { do: 'bind', queue: 'Q', exchange: 'AE' },
    {
      do: 'declareExchange',
      exchange: 'X',
      type: 'direct',
      arguments: { 'alternate-exchange': 'AE' },
    },
    { do: 'publish', as: 'A', exchange: 'X', key: 'none', bodies: ['A'], mandatory: true },
    { do: 'events', as: 'events' },
    { do: 'drain', as: 'queue', queue: 'Q' },
  ],
  expect: { all: { A: 'A:ack', events: [], queue: 'A' } },
}
