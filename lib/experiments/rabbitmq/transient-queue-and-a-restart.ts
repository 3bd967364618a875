// It is gone with its bindings; an auto-delete quorum queue there is none.
import type { Experiment } from './types.ts'

export const transientQueueAndARestart: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'transient-queue-and-a-restart',
  title: 'A transient queue and a restart',
  source: 'rabbitmq.com/docs/queues: durability; deprecated feature transient_nonexcl_queues',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareQueue',
      as: 'transient',
      queue: 'T',
      transient: true,
    },
    {
      do: 'declareExchange',
      exchange: 'X',
      type: 'fanout',
    },
    {
      do: 'bind',
      queue: 'T',
      exchange: 'X',
    },
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'bind',
      queue: 'Q',
      exchange: 'X',
    },
    {
      do: 'publish',
      exchange: 'X',
      bodies: ['A'],
    },
    {
      do: 'restartNode',
    },
    {
      do: 'count',
      as: 'afterwards',
      queue: 'T',
    },
    {
      do: 'publish',
      exchange: 'X',
      bodies: ['B'],
    },
    {
      do: 'drain',
      as: 'bound still',
      queue: 'Q',
    },
    {
      do: 'declareQueue',
      as: 'quorum',
      queue: 'A',
      type: 'quorum',
      autoDelete: true,
      channel: 'a',
    },
  ],
  expect: {
    all: {
      transient: 'ok',
      afterwards: "404 NOT_FOUND - no queue 'T' in vhost '/'",
      'bound still': 'A B',
      quorum: "406 PRECONDITION_FAILED - invalid property 'auto-delete' for queue 'A' in vhost '/'",
    },
  },
}
