// The higher priority is served while it has credit; what it cannot take goes to the lower.
import type { Experiment } from './types.ts'

export const consumerPriority: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'consumer-priority',
  title: 'Consumer priorities, prefetch 2',
  row: 'R33',
  source: 'rabbitmq.com/docs/consumer-priority; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'qos', channel: 'lo', count: 2 },
    { do: 'qos', channel: 'hi', count: 2 },
    { do: 'consume', channel: 'lo', queue: 'Q', consumer: 'lo', arguments: { 'x-priority': 0 } },
    { do: 'consume', channel: 'hi', queue: 'Q', consumer: 'hi', arguments: { 'x-priority': 10 } },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'publish', queue: 'Q', bodies: ['B'] },
    { do: 'publish', queue: 'Q', bodies: ['C'] },
    { do: 'publish', queue: 'Q', bodies: ['D'] },
    { do: 'publish', queue: 'Q', bodies: ['E'] },
    { do: 'seen', as: 'seen', consumers: ['lo', 'hi'] },
  ],
  expect: { all: { seen: 'hi:A hi:B lo:C lo:D' } },
}
