// What was settled comes back, what was published is gone.
import type { Experiment } from './types.ts'

export const deathInATransaction: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'death-in-a-transaction',
  title: 'Death before the commit',
  source: 'rabbitmq.com/docs/semantics',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B'],
    },
    {
      do: 'open',
      channel: 't',
      plain: true,
    },
    {
      do: 'qos',
      channel: 't',
      count: 2,
    },
    {
      do: 'consume',
      channel: 't',
      queue: 'Q',
      consumer: 't',
    },
    {
      do: 'tx',
      channel: 't',
      how: 'select',
    },
    {
      do: 'settle',
      channel: 't',
      how: 'ack',
      body: 'A',
    },
    {
      do: 'publish',
      channel: 't',
      queue: 'Q',
      bodies: ['X'],
    },
    {
      do: 'destroy',
      connection: 't',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    classic: {
      queue: 'A! B!',
    },
    '4.3/quorum': {
      queue: 'A!{dc1,ac1} B!{dc1,ac1}',
    },
    '4.0/quorum': {
      queue: 'A!{dc1} B!{dc1}',
    },
  },
}
