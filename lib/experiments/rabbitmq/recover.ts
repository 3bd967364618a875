// basic.recover gives back all that the channel holds; its own consumers get it again.
import type { Experiment } from './types.ts'

export const recover: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'recover',
  title: 'basic.recover',
  row: 'R44',
  source: 'AMQP 0-9-1, basic.recover; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C'] },
    { do: 'qos', channel: 'c1', count: 2 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', as: 'first', consumers: ['c1'] },
    { do: 'recover', channel: 'c1' },
    { do: 'seen', as: 'again', consumers: ['c1'] },
  ],
  expect: {
    all: { first: 'A B', again: 'A! B!' },
    '4.3/quorum': { again: 'A!{ac1} B!{ac1}' },
    '4.0/quorum': { again: 'A!{dc1} B!{dc1}' },
  },
}
