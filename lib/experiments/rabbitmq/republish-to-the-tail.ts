// To send a message to the end of its queue it is published again: as another message.
import type { Experiment } from './types.ts'

export const republishToTheTail: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'republish-to-the-tail',
  title: 'Published again and acknowledged',
  row: 'R75',
  source: 'rabbitmq.com/docs/nack; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C'] },
    { do: 'get', channel: 'c1', queue: 'Q' },
    { do: 'publish', channel: 'c1', queue: 'Q', bodies: ['A'] },
    { do: 'settle', channel: 'c1', how: 'ack', body: 'A' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: { all: { next: 'B C A' } },
}
