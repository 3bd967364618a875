// A consumer keeps the prefetch it began with.
import type { Experiment } from './types.ts'

export const raisedPrefetchComesTooLate: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'raised-prefetch-comes-too-late',
  title: 'Raising the prefetch of a running consumer',
  row: 'R18',
  source: 'rabbitmq.com/docs/consumer-prefetch; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E'] },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'qos', channel: 'c1', count: 3 },
    { do: 'seen', as: 'before', consumers: ['c1'] },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c2' },
    { do: 'seen', as: 'another', consumers: ['c2'] },
  ],
  expect: { all: { before: 'A', another: 'B C D' } },
}
