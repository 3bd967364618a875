// What expires meanwhile is gone when the queue is back.
import type { Experiment } from './types.ts'

export const expiredDuringARestart: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'expired-during-a-restart',
  title: 'Time goes on while the node is down',
  source: 'rabbitmq.com/docs/ttl',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A'],
      expiration: '400',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['B'],
    },
    {
      do: 'restartNode',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      queue: 'B',
    },
  },
}
