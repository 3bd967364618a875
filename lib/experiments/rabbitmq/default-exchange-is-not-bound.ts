// The default exchange cannot be bound.
import type { Experiment } from './types.ts'

export const defaultExchangeIsNotBound: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'default-exchange-is-not-bound',
  title: 'Binding to the default exchange',
  row: 'R39',
  source: 'rabbitmq.com/docs/exchanges: default; measured',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'bind', as: 'bind', queue: 'Q', exchange: '', key: 'k' },
  ],
  expect: {
    all: { bind: '403 ACCESS_REFUSED - operation not permitted on the default exchange' },
  },
}
