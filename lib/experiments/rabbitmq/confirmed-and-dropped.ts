// A full queue drops its oldest message and confirms the new one: a confirm does not say that it is kept.
import type { Experiment } from './types.ts'

export const confirmedAndDropped: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'confirmed-and-dropped',
  title: 'drop-head: confirmed is not kept',
  row: 'R23',
  source: 'rabbitmq.com/docs/maxlength; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'DLQ' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-max-length': 2,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'DLQ',
      },
    },
    { do: 'publish', as: 'confirms', queue: 'Q', bodies: ['A', 'B', 'C', 'D'] },
    { do: 'drain', as: 'queue', queue: 'Q' },
    { do: 'drain', as: 'dead', queue: 'DLQ', show: 'deaths' },
  ],
  expect: {
    all: {
      confirms: 'A:ack B:ack C:ack D:ack',
      queue: 'C D',
      dead: [["1 maxlen Q '' [Q]"], ["1 maxlen Q '' [Q]"]],
    },
  },
}
