// Whoever consumes from a queue that is deleted is told so; the channel stays open.
import type { Experiment } from './types.ts'

export const deletedQueueCancelsItsConsumers: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'deleted-queue-cancels-its-consumers',
  title: 'A queue is deleted under its consumer',
  row: 'R45',
  source: 'rabbitmq.com/docs/consumer-cancel; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'deleteQueue', queue: 'Q' },
    { do: 'wait', ms: 200 },
    { do: 'events', as: 'events', channel: 'c1' },
  ],
  expect: { all: { events: ['cancelled c1'] } },
}
