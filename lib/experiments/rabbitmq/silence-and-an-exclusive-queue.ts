// It lives as long as the broker believes in its owner.
import type { Experiment } from './types.ts'

export const silenceAndAnExclusiveQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'silence-and-an-exclusive-queue',
  title: 'The exclusive queue of a silent connection',
  source: 'rabbitmq.com/docs/heartbeats; AMQP 0-9-1, queue.declare exclusive',
  class: 'deterministic',
  types: ['classic'],
  heartbeatSeconds: 2,
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      channel: 'c1',
      exclusive: true,
    },
    {
      do: 'silence',
      connection: 'c1',
    },
    {
      do: 'wait',
      ms: 1000,
    },
    {
      do: 'count',
      as: 'at first',
      queue: 'Q',
    },
    {
      do: 'wait',
      ms: 9000,
    },
    {
      do: 'count',
      as: 'afterwards',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      'at first':
        "405 RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'Q' in vhost '/'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration.",
      afterwards: "404 NOT_FOUND - no queue 'Q' in vhost '/'",
    },
  },
}
