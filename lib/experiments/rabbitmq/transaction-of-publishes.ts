// What is rolled back was never published; what is left open when the channel closes, neither.
import type { Experiment } from './types.ts'

export const transactionOfPublishes: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'transaction-of-publishes',
  title: 'Publishes wait for tx.commit',
  source: 'rabbitmq.com/docs/semantics: tx; AMQP 0-9-1, class tx',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'open',
      channel: 't',
      plain: true,
    },
    {
      do: 'tx',
      channel: 't',
      how: 'select',
    },
    {
      do: 'publish',
      channel: 't',
      queue: 'Q',
      bodies: ['A', 'B'],
    },
    {
      do: 'count',
      as: 'before',
      queue: 'Q',
    },
    {
      do: 'tx',
      channel: 't',
      how: 'rollback',
    },
    {
      do: 'publish',
      channel: 't',
      queue: 'Q',
      bodies: ['C', 'D'],
    },
    {
      do: 'tx',
      channel: 't',
      how: 'commit',
      as: 'commit',
    },
    {
      do: 'count',
      as: 'committed',
      queue: 'Q',
    },
    {
      do: 'publish',
      channel: 't',
      queue: 'Q',
      bodies: ['E'],
    },
    {
      do: 'tx',
      channel: 't',
      how: 'select',
    },
    {
      do: 'tx',
      channel: 't',
      how: 'commit',
    },
    {
      do: 'publish',
      channel: 't',
      queue: 'Q',
      bodies: ['F'],
    },
    {
      do: 'closeChannel',
      channel: 't',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      before: {
        ready: 0,
        consumers: 0,
      },
      commit: 'ok',
      committed: {
        ready: 2,
        consumers: 0,
      },
      queue: 'C D E',
    },
  },
}
