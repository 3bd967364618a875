// On commit a classic queue hears of messages first, a quorum queue of settlements, whatever the order was.
import type { Experiment } from './types.ts'

export const transactionOfBoth: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'transaction-of-both',
  title: 'Publishes and acknowledgements in one transaction',
  source: 'rabbit_channel: tx.commit; ra: commands of low priority',
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
      bodies: ['A', 'B', 'C'],
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
      do: 'publish',
      channel: 't',
      queue: 'Q',
      bodies: ['Y'],
    },
    {
      do: 'settle',
      channel: 't',
      how: 'ack',
      body: 'B',
      multiple: true,
    },
    {
      do: 'publish',
      channel: 't',
      queue: 'Q',
      bodies: ['Z'],
    },
    {
      do: 'settle',
      channel: 't',
      how: 'nack',
      tag: 0,
      multiple: true,
    },
    {
      do: 'tx',
      channel: 't',
      how: 'commit',
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['t'],
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
      seen: 'A B C Y Z C!',
      queue: 'C! Y! Z!',
    },
    '4.3/quorum': {
      seen: 'A B C C!{ac1} Y Z',
      queue: 'C!{dc1,ac2} Y!{dc1,ac1} Z!{dc1,ac1}',
    },
    '4.0/quorum': {
      seen: 'A B C C!{dc1} Y Z',
      queue: 'C!{dc2} Y!{dc1} Z!{dc1}',
    },
  },
}
