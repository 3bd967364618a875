// A command and its answer: reply_to names a queue, correlation_id the command.
import type { Experiment } from './types.ts'

export const answerOverAQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'answer-over-a-queue',
  title: 'RPC over queues',
  source: 'rabbitmq.com/tutorials: remote procedure call',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'commands' },
    { do: 'declareQueue', queue: 'answers' },
    { do: 'qos', channel: 'service', count: 1 },
    {
      do: 'consume',
      channel: 'service',
      queue: 'commands',
      consumer: 'service',
      handle: { do: 'ack', replies: true },
    },
    {
      do: 'publish',
      queue: 'commands',
      bodies: ['charge'],
      replyTo: 'answers',
      correlationId: 'c-1',
    },
    { do: 'wait', ms: 300 },
    { do: 'drain', as: 'answers', queue: 'answers', show: 'properties' },
  ],
  expect: { all: { answers: [{ body: 're charge', correlationId: 'c-1' }] } },
}
