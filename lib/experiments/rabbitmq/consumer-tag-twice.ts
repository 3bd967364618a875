// An error of the connection.
import type { Experiment } from './types.ts'

export const consumerTagTwice: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'consumer-tag-twice',
  title: 'The same consumer tag twice',
  source: 'AMQP 0-9-1, basic.consume: reuse of a tag',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
    },
    {
      do: 'consume',
      as: 'again',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
    },
  ],
  expect: {
    all: {
      again: "530 NOT_ALLOWED - attempt to reuse consumer tag 'c1'",
    },
  },
}
