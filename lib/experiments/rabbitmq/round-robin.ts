// Consumers with credit are served one after another, in the order in which they came.
import type { Experiment } from './types.ts'

export const roundRobin: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'round-robin',
  title: 'Three consumers, one message after another',
  row: 'R14',
  source: 'rabbitmq.com/tutorials: round-robin dispatching; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'qos', channel: 'c1', count: 10 },
    { do: 'qos', channel: 'c2', count: 10 },
    { do: 'qos', channel: 'c3', count: 10 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1', handle: { do: 'ack' } },
    { do: 'consume', channel: 'c2', queue: 'Q', consumer: 'c2', handle: { do: 'ack' } },
    { do: 'consume', channel: 'c3', queue: 'Q', consumer: 'c3', handle: { do: 'ack' } },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'publish', queue: 'Q', bodies: ['B'] },
    { do: 'publish', queue: 'Q', bodies: ['C'] },
    { do: 'publish', queue: 'Q', bodies: ['D'] },
    { do: 'publish', queue: 'Q', bodies: ['E'] },
    { do: 'publish', queue: 'Q', bodies: ['F'] },
    { do: 'seen', as: 'seen', consumers: ['c1', 'c2', 'c3'] },
  ],
  expect: { all: { seen: 'c1:A c2:B c3:C c1:D c2:E c3:F' } },
}
