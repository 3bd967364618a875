// What a dead letter shows of its past depends on the queue it arrives in, too.
import type { Experiment } from './types.ts'

export const deadLettersBetweenTypes: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'dead-letters-between-types',
  title: 'Dead letters from one queue type to the other',
  source: 'rabbitmq.com/docs/dlx',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'classic', type: 'classic' },
    { do: 'declareQueue', queue: 'quorum', type: 'quorum' },
    {
      do: 'declareQueue',
      queue: 'A',
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'classic' },
    },
    {
      do: 'declareQueue',
      queue: 'B',
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'quorum' },
    },
    { do: 'publish', queue: 'A', bodies: ['A'] },
    { do: 'publish', queue: 'B', bodies: ['B'] },
    { do: 'get', channel: 'c1', queue: 'A' },
    { do: 'get', channel: 'c1', queue: 'B' },
    { do: 'settle', channel: 'c1', how: 'drop', body: 'A' },
    { do: 'settle', channel: 'c1', how: 'drop', body: 'B' },
    { do: 'drain', as: 'to classic', queue: 'classic' },
    { do: 'drain', as: 'to quorum', queue: 'quorum' },
  ],
  expect: {
    '4.3/classic': { 'to classic': 'A!', 'to quorum': 'B!{dc1,ac1}' },
    '4.0/classic': { 'to classic': 'A', 'to quorum': 'B' },
    '4.3/quorum': { 'to classic': 'A!', 'to quorum': 'B!{dc1,ac1}' },
    '4.0/quorum': { 'to classic': 'A', 'to quorum': 'B!{dc1}' },
  },
}
