// An exclusive queue is closed to others and gone with its connection.
import type { Experiment } from './types.ts'

export const exclusiveQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'exclusive-queue',
  title: 'An exclusive queue',
  row: 'R65',
  source: 'AMQP 0-9-1, queue.declare exclusive; measured',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    { do: 'declareQueue', channel: 'c1', queue: 'Q', transient: true, exclusive: true },
    { do: 'count', as: 'others', queue: 'Q' },
    { do: 'destroy', connection: 'c1' },
    { do: 'count', as: 'afterwards', queue: 'Q' },
  ],
  expect: {
    all: {
      others:
        "405 RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'Q' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration.",
      afterwards: "404 NOT_FOUND - no queue 'Q' in vhost '/'",
    },
  },
}
