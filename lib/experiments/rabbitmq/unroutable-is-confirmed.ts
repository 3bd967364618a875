// What no queue takes is confirmed: returned first if it is mandatory, else dropped in silence.
import type { Experiment } from './types.ts'

export const unroutableIsConfirmed: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'unroutable-is-confirmed',
  title: 'Unroutable, mandatory and not',
  row: 'R34',
  source: 'rabbitmq.com/docs/publishers: unroutable messages; measured',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    { do: 'declareExchange', exchange: 'X', type: 'direct' },
    {
      do: 'publish',
      as: 'mandatory',
      exchange: 'X',
      key: 'nowhere',
      bodies: ['A'],
      mandatory: true,
    },
    { do: 'publish', as: 'plain', exchange: 'X', key: 'nowhere', bodies: ['B'] },
    { do: 'events', as: 'events' },
  ],
  expect: {
    all: { mandatory: 'A:ack', plain: 'B:ack', events: ['returned 312 NO_ROUTE nowhere'] },
  },
}
