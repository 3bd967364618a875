// It is what it was.
import type { Experiment } from './types.ts'

export const exchangeOfAnotherType: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'exchange-of-another-type',
  title: 'An exchange declared again as another',
  source: 'rabbitmq.com/docs/exchanges: property equivalence',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareExchange',
      exchange: 'X',
      type: 'fanout',
    },
    {
      do: 'declareExchange',
      as: 'same',
      exchange: 'X',
      type: 'fanout',
    },
    {
      do: 'declareExchange',
      as: 'other',
      exchange: 'X',
      type: 'topic',
      channel: 'x',
    },
  ],
  expect: {
    all: {
      same: 'ok',
      other:
        "406 PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'X' in vhost '/': received 'topic' but current is 'fanout'",
    },
  },
}
