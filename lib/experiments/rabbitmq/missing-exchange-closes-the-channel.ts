// Publishing to an exchange that is not there closes the channel.
import type { Experiment } from './types.ts'

export const missingExchangeClosesTheChannel: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'missing-exchange-closes-the-channel',
  title: 'Publishing to a missing exchange',
  row: 'R35',
  source: 'AMQP 0-9-1, basic.publish; measured',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    { do: 'publish', as: 'A', exchange: 'nowhere', bodies: ['A'] },
    { do: 'events', as: 'events' },
  ],
  expect: {
    all: {
      A: 'A:no answer',
      events: ["closed 404 NOT_FOUND - no exchange 'nowhere' in vhost '/'"],
    },
  },
}
