// What was held of a deleted queue does not come back to one that is declared under its name.
import type { Experiment } from './types.ts'

export const heldOfAFormerQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'held-of-a-former-queue',
  title: 'A queue of the same name',
  source: 'rabbitmq.com/docs/queues',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'qos',
      channel: 'c1',
      count: 2,
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B', 'C'],
    },
    {
      do: 'deleteQueue',
      queue: 'Q',
    },
    {
      do: 'events',
      as: 'told',
      channel: 'c1',
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'ack',
      body: 'A',
    },
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['X'],
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'nack',
      body: 'B',
    },
    {
      do: 'wait',
      ms: 200,
    },
    {
      do: 'events',
      as: 'events',
      channel: 'c1',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      told: ['cancelled c1'],
      events: ['cancelled c1'],
      queue: 'X',
    },
  },
}
