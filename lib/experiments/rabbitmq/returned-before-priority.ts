// In a quorum queue what came back is served before any priority; in a classic queue priority rules.
import type { Experiment } from './types.ts'

export const returnedBeforePriority: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'returned-before-priority',
  title: 'A returned message of low priority and a new one of high',
  row: 'R68',
  source: 'rabbitmq.com/docs/priority; rabbitmq.com/docs/quorum-queues; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'classic', type: 'classic', arguments: { 'x-max-priority': 10 } },
    { do: 'declareQueue', queue: 'quorum', type: 'quorum' },
    { do: 'publish', queue: 'classic', bodies: ['lo'], priority: 0 },
    { do: 'publish', queue: 'quorum', bodies: ['lo'], priority: 0 },
    { do: 'get', channel: 'c1', queue: 'classic' },
    { do: 'get', channel: 'c2', queue: 'quorum' },
    { do: 'publish', queue: 'classic', bodies: ['HI'], priority: 9 },
    { do: 'publish', queue: 'quorum', bodies: ['HI'], priority: 9 },
    { do: 'settle', channel: 'c1', how: 'nack', body: 'lo' },
    { do: 'settle', channel: 'c2', how: 'nack', body: 'lo' },
    { do: 'drain', as: 'classic', queue: 'classic' },
    { do: 'drain', as: 'quorum', queue: 'quorum' },
  ],
  expect: {
    all: { classic: 'HI lo!' },
    '4.3': { quorum: 'lo!{ac1} HI' },
    '4.0': { quorum: 'lo!{dc1} HI' },
  },
}
