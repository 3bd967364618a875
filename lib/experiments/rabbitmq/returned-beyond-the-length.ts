// Only ready messages count for the length; what comes back may be the first to be dropped.
import type { Experiment } from './types.ts'

export const returnedBeyondTheLength: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'returned-beyond-the-length',
  title: 'What is held does not count for x-max-length',
  row: 'R25',
  source: 'rabbitmq.com/docs/maxlength; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q', arguments: { 'x-max-length': 2 } },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B'] },
    { do: 'qos', channel: 'c1', count: 2 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', as: 'held', consumers: ['c1'] },
    { do: 'cancel', channel: 'c1', consumer: 'c1' },
    { do: 'publish', queue: 'Q', bodies: ['C', 'D'] },
    { do: 'count', as: 'ready', queue: 'Q' },
    { do: 'destroy', connection: 'c1' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    all: { held: 'A B', ready: { ready: 2, consumers: 0 }, next: 'C D' },
    quorum: { ready: { ready: 2, consumers: 1 } },
  },
}
