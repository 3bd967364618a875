// A classic queue refuses a second consumer beside an exclusive one; a quorum queue takes no notice.
import type { Experiment } from './types.ts'

export const exclusiveConsumer: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'exclusive-consumer',
  title: 'An exclusive consumer, and a second one',
  row: 'R32',
  source: 'AMQP 0-9-1, basic.consume exclusive; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'consume', as: 'first', channel: 'c1', queue: 'Q', consumer: 'c1', exclusive: true },
    { do: 'consume', as: 'second', channel: 'c2', queue: 'Q', consumer: 'c2' },
  ],
  expect: {
    all: { first: 'ok' },
    classic: { second: "403 ACCESS_REFUSED - queue 'Q' in vhost '/' in exclusive use" },
    quorum: { second: 'ok' },
  },
}
