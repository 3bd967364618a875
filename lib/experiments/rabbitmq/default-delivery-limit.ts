// A quorum queue gives up after 21 deliveries; a classic queue never does.
import type { Experiment } from './types.ts'

export const defaultDeliveryLimit: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'default-delivery-limit',
  title: 'The default delivery limit and a reject loop',
  row: 'R29b',
  source: 'rabbitmq.com/docs/quorum-queues: default limit of 20 since 4.0; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'qos', channel: 'c1', count: 1 },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
      handle: { do: 'reject', times: 40 },
    },
    { do: 'seen', as: 'deliveries', consumers: ['c1'], show: 'count' },
    { do: 'count', as: 'left', queue: 'Q' },
  ],
  expect: {
    all: { left: { ready: 0, consumers: 1 } },
    classic: { deliveries: 41 },
    quorum: { deliveries: 21 },
  },
}
