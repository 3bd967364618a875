// One of two queues is full: the publisher hears a nack, though the other queue has stored it.
import type { Experiment } from './types.ts'

export const fanOutWithAFullQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'fan-out-with-a-full-queue',
  title: 'Fan-out with a full queue',
  row: 'R64',
  source: 'rabbitmq.com/docs/confirms; rabbitmq.com/docs/maxlength; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareExchange', exchange: 'X', type: 'fanout' },
    {
      do: 'declareQueue',
      queue: 'full',
      arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish' },
    },
    { do: 'declareQueue', queue: 'ok' },
    { do: 'bind', queue: 'full', exchange: 'X' },
    { do: 'bind', queue: 'ok', exchange: 'X' },
    { do: 'publish', as: 'A', exchange: 'X', bodies: ['A'] },
    { do: 'publish', as: 'B', exchange: 'X', bodies: ['B'] },
    { do: 'publish', as: 'C', exchange: 'X', bodies: ['C'] },
    { do: 'drain', as: 'ok', queue: 'ok' },
    { do: 'drain', as: 'full', queue: 'full' },
  ],
  expect: {
    all: { A: 'A:ack', C: 'C:nack', ok: 'A B C' },
    classic: { B: 'B:nack', full: 'A' },
    quorum: { B: 'B:ack', full: 'A B' },
  },
}
