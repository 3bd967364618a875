// Classic: up to x-max-priority, none is 0. Quorum 4.3: strict, none is 4. Quorum 4.0: two classes, two to one.
import type { Experiment } from './types.ts'

export const messagePriorities: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'message-priorities',
  title: 'Message priorities',
  row: 'R47/R48',
  source: 'rabbitmq.com/docs/priority; rabbitmq.com/docs/quorum-queues; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'classic', type: 'classic', arguments: { 'x-max-priority': 10 } },
    { do: 'declareQueue', queue: 'quorum', type: 'quorum' },
    { do: 'publish', queue: 'classic', bodies: ['A'], priority: 1 },
    { do: 'publish', queue: 'classic', bodies: ['B'], priority: 5 },
    { do: 'publish', queue: 'classic', bodies: ['C'] },
    { do: 'publish', queue: 'classic', bodies: ['D'], priority: 5 },
    { do: 'publish', queue: 'classic', bodies: ['E'], priority: 99 },
    { do: 'publish', queue: 'quorum', bodies: ['A'], priority: 1 },
    { do: 'publish', queue: 'quorum', bodies: ['B'], priority: 5 },
    { do: 'publish', queue: 'quorum', bodies: ['C'] },
    { do: 'publish', queue: 'quorum', bodies: ['D'], priority: 5 },
    { do: 'publish', queue: 'quorum', bodies: ['E'], priority: 31 },
    { do: 'publish', queue: 'quorum', bodies: ['F'], priority: 4 },
    { do: 'publish', queue: 'quorum', bodies: ['G'], priority: 0 },
    { do: 'drain', as: 'classic', queue: 'classic' },
    { do: 'drain', as: 'quorum', queue: 'quorum' },
  ],
  expect: {
    all: { classic: 'E B D A C' },
    '4.3': { quorum: 'E B D C F A G' },
    '4.0': { quorum: 'B D A E C F G' },
  },
}
