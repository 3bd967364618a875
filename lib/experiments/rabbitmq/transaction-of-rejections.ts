// On commit each settlement is told by itself, so that the queue delivers between two of them.
import type { Experiment } from './types.ts'

export const transactionOfRejections: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'transaction-of-rejections',
  title: 'nack and reject in a transaction',
  source: 'rabbitmq.com/docs/semantics: nack and reject in transactions',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'D',
    },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'D',
      },
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
      count: 3,
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
      consumers: ['t'],
    },
    {
      do: 'settle',
      channel: 't',
      how: 'nack',
      body: 'C',
    },
    {
      do: 'settle',
      channel: 't',
      how: 'drop',
      body: 'A',
    },
    {
      do: 'settle',
      channel: 't',
      how: 'reject',
      body: 'B',
    },
    {
      do: 'seen',
      as: 'put off',
      consumers: ['t'],
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
      do: 'closeChannel',
      channel: 't',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
    {
      do: 'drain',
      as: 'dead',
      queue: 'D',
      show: 'deaths',
    },
  ],
  expect: {
    all: {
      'put off': '',
      dead: [["1 rejected Q '' [Q]"]],
    },
    classic: {
      committed: 'C! D B!',
      queue: 'B! C! D!',
    },
    '4.3/quorum': {
      committed: 'C!{ac1} D B!{dc1,ac1}',
      queue: 'C!{dc1,ac2} D!{dc1,ac1} B!{dc2,ac2}',
    },
    '4.0/quorum': {
      committed: 'C!{dc1} D B!{dc1}',
      queue: 'C!{dc2} D!{dc1} B!{dc2}',
    },
  },
}
