// An argument that another queue type knows is refused.
import type { Experiment } from './types.ts'

export const argumentsOfAnotherType: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'arguments-of-another-type',
  title: 'Arguments and properties a type does not take',
  row: 'R69/R70',
  source: 'rabbitmq.com/docs/quorum-queues: feature comparison; measured',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareQueue',
      as: 'limit',
      channel: 'c1',
      queue: 'A',
      type: 'classic',
      arguments: { 'x-delivery-limit': 3 },
    },
    {
      do: 'declareQueue',
      as: 'transient',
      channel: 'c2',
      queue: 'B',
      type: 'quorum',
      transient: true,
    },
    {
      do: 'declareQueue',
      as: 'exclusive',
      channel: 'c3',
      queue: 'C',
      type: 'quorum',
      exclusive: true,
    },
    {
      do: 'declareQueue',
      as: 'unknown',
      channel: 'c4',
      queue: 'D',
      type: 'classic',
      arguments: { 'x-nobody-knows': 3 },
    },
  ],
  expect: {
    all: {
      limit:
        "406 PRECONDITION_FAILED - invalid arg 'x-delivery-limit' for queue 'A' in vhost '/' of queue type rabbit_classic_queue",
      transient:
        "406 PRECONDITION_FAILED - invalid property 'non-durable' for queue 'B' in vhost '/'",
      exclusive:
        "406 PRECONDITION_FAILED - invalid property 'exclusive-owner' for queue 'C' in vhost '/'",
      unknown: 'ok',
    },
  },
}
