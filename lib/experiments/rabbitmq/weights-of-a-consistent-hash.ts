// One key has one queue, the binding key is a weight, and nothing else is taken for one.
import type { Experiment } from './types.ts'

export const weightsOfAConsistentHash: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'weights-of-a-consistent-hash',
  title: 'The consistent hash exchange',
  source: 'rabbitmq.com/docs: x-consistent-hash',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareExchange',
      exchange: 'H',
      type: 'x-consistent-hash',
    },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-max-length': 1,
        'x-overflow': 'reject-publish',
      },
    },
    {
      do: 'declareQueue',
      queue: 'R',
      arguments: {
        'x-max-length': 1,
        'x-overflow': 'reject-publish',
      },
    },
    {
      do: 'bind',
      queue: 'Q',
      exchange: 'H',
      key: '3',
    },
    {
      do: 'bind',
      queue: 'R',
      exchange: 'H',
      key: '3',
    },
    {
      do: 'publish',
      as: 'one key, two queues of one',
      exchange: 'H',
      key: 'a',
      bodies: ['A', 'B', 'C'],
    },
    {
      do: 'bind',
      as: 'no number',
      queue: 'R',
      exchange: 'H',
      key: 'x',
      channel: 'y',
    },
    {
      do: 'bind',
      as: 'zero',
      queue: 'R',
      exchange: 'H',
      key: '0',
      channel: 'z',
    },
  ],
  expect: {
    all: {
      'one key, two queues of one': 'A:ack B:nack C:nack',
      'no number': '406 PRECONDITION_FAILED - The binding key must be an integer: <<"x">>',
      zero: '406 PRECONDITION_FAILED - The binding key must be greater than 0',
    },
  },
}
