// A prefetch of 2 is two for each consumer of the channel, not for the channel.
import type { Experiment } from './types.ts'

export const prefetchIsPerConsumer: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'prefetch-is-per-consumer',
  title: 'Two consumers on one channel, prefetch 2',
  row: 'R16',
  source: 'rabbitmq.com/docs/consumer-prefetch; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E', 'F'] },
    { do: 'qos', channel: 'c', count: 2 },
    { do: 'consume', channel: 'c', queue: 'Q', consumer: 'c1' },
    { do: 'consume', channel: 'c', queue: 'Q', consumer: 'c2' },
    { do: 'seen', as: 'c1', consumers: ['c1'] },
    { do: 'seen', as: 'c2', consumers: ['c2'] },
  ],
  expect: { all: { c1: 'A B', c2: 'C D' } },
}
