// A restart: a classic queue keeps persistent messages, a quorum queue every one; what was held comes back.
import type { Experiment } from './types.ts'

export const restartKeepsWhatIsDurable: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'restart-keeps-what-is-durable',
  title: 'A restart of the node',
  row: 'RS2',
  source: 'rabbitmq.com/docs/persistence-conf; rabbitmq.com/docs/quorum-queues; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'publish', queue: 'Q', bodies: ['B'], transient: true },
    { do: 'publish', queue: 'Q', bodies: ['C', 'D'] },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', as: 'held', consumers: ['c1'] },
    { do: 'restartNode' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    all: { held: 'A' },
    classic: { next: 'A! C D' },
    '4.3/quorum': { next: 'A!{dc1,ac1} B C D' },
    '4.0/quorum': { next: 'A!{dc1} B C D' },
  },
}
