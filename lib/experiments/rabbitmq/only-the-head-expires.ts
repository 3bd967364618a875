// A message whose time is over waits behind one that lives longer, and vanishes when it is reached.
import type { Experiment } from './types.ts'

export const onlyTheHeadExpires: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'only-the-head-expires',
  title: 'Time to live at the head only',
  row: 'R26',
  source: 'rabbitmq.com/docs/ttl: caveats; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A'], expiration: '60000' },
    { do: 'publish', queue: 'Q', bodies: ['B'], expiration: '150' },
    { do: 'wait', ms: 700 },
    { do: 'count', as: 'both', queue: 'Q' },
    { do: 'get', as: 'first', queue: 'Q', noAck: true },
    { do: 'get', as: 'second', queue: 'Q', noAck: true },
  ],
  expect: { all: { both: { ready: 2, consumers: 0 }, first: 'A', second: 'empty' } },
}
