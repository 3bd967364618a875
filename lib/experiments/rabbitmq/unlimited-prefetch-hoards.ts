// Without a prefetch limit the first consumer takes the whole backlog; whoever comes later gets nothing.
import type { Experiment } from './types.ts'

export const unlimitedPrefetchHoards: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'unlimited-prefetch-hoards',
  title: 'A consumer without prefetch limit takes all',
  row: 'R13',
  source: 'rabbitmq.com/docs/consumer-prefetch; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'] },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', as: 'c1', consumers: ['c1'], show: 'count' },
    { do: 'qos', channel: 'c2', count: 1 },
    { do: 'consume', channel: 'c2', queue: 'Q', consumer: 'c2' },
    { do: 'seen', as: 'c2', consumers: ['c2'], show: 'count' },
  ],
  expect: { all: { c1: 10, c2: 0 } },
}
