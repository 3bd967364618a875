// A full queue that refuses: a classic queue is exact, a quorum queue notices one too late.
import type { Experiment } from './types.ts'

export const rejectPublish: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'reject-publish',
  title: 'reject-publish at the limit',
  row: 'R24',
  source: 'rabbitmq.com/docs/maxlength: overflow; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: { 'x-max-length': 2, 'x-overflow': 'reject-publish' },
    },
    { do: 'publish', as: 'A', queue: 'Q', bodies: ['A'] },
    { do: 'publish', as: 'B', queue: 'Q', bodies: ['B'] },
    { do: 'publish', as: 'C', queue: 'Q', bodies: ['C'] },
    { do: 'publish', as: 'D', queue: 'Q', bodies: ['D'] },
    { do: 'drain', as: 'queue', queue: 'Q' },
  ],
  expect: {
    all: { A: 'A:ack', B: 'B:ack', D: 'D:nack' },
    classic: { C: 'C:nack', queue: 'A B' },
    quorum: { C: 'C:ack', queue: 'A B C' },
  },
}
