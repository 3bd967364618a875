// reject-publish refuses publishers and drops nothing: the queue is longer than its limit for a while.
import type { Experiment } from './types.ts'

export const returnedBeyondARefusingLength: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'returned-beyond-a-refusing-length',
  title: 'What comes back to a queue that refuses',
  source: 'rabbitmq.com/docs/maxlength',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-max-length': 2,
        'x-overflow': 'reject-publish',
      },
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
      as: 'confirms',
      queue: 'Q',
      bodies: ['A', 'B', 'C', 'D', 'E', 'F'],
    },
    {
      do: 'closeChannel',
      channel: 'c1',
    },
    {
      do: 'publish',
      as: 'again',
      queue: 'Q',
      bodies: ['G', 'H'],
    },
    {
      do: 'count',
      as: 'length',
      queue: 'Q',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    classic: {
      confirms: 'A:ack B:ack C:ack D:ack E:nack F:nack',
      length: {
        ready: 4,
        consumers: 0,
      },
      queue: 'A! B! C D',
    },
    quorum: {
      confirms: 'A:ack B:ack C:ack D:ack E:ack F:nack',
      length: {
        ready: 5,
        consumers: 0,
      },
    },
    all: {
      again: 'G:nack H:nack',
    },
    '4.3/quorum': {
      queue: 'A!{dc1,ac1} B!{dc1,ac1} C D E',
    },
    '4.0/quorum': {
      queue: 'A!{dc1} B!{dc1} C D E',
    },
  },
}
