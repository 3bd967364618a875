// Until the commit nothing is settled and no credit comes back; a rollback takes the acknowledgement back.
import type { Experiment } from './types.ts'

export const transactionOfAcknowledgements: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'transaction-of-acknowledgements',
  title: 'Acknowledgements wait for tx.commit',
  source: 'rabbitmq.com/docs/semantics: acknowledgements in transactions',
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
      bodies: ['A', 'B', 'C', 'D'],
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
      do: 'seen',
      as: 'first',
      consumers: ['t'],
    },
    {
      do: 'settle',
      channel: 't',
      how: 'ack',
      body: 'A',
    },
    {
      do: 'seen',
      as: 'put off',
      consumers: ['t'],
    },
    {
      do: 'tx',
      channel: 't',
      how: 'rollback',
    },
    {
      do: 'seen',
      as: 'rolled back',
      consumers: ['t'],
    },
    {
      do: 'settle',
      channel: 't',
      how: 'ack',
      body: 'B',
    },
    {
      do: 'tx',
      channel: 't',
      how: 'commit',
    },
    {
      do: 'seen',
      as: 'committed',
      consumers: ['t'],
    },
    {
      do: 'destroy',
      connection: 't',
    },
    {
      do: 'drain',
      as: 'left',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      first: 'A B',
      'put off': '',
      'rolled back': '',
      committed: 'C',
    },
    classic: {
      left: 'A! C! D',
    },
    '4.3/quorum': {
      left: 'A!{dc1,ac1} C!{dc1,ac1} D',
    },
    '4.0/quorum': {
      left: 'A!{dc1} C!{dc1} D',
    },
  },
}
