// An unknown tag and a missing exchange close the channel before anything is committed.
import type { Experiment } from './types.ts'

export const mistakesInATransaction: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'mistakes-in-a-transaction',
  title: 'Errors come at once in a transaction',
  source: 'rabbit_channel: names and tags are looked up before they are put off',
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
      do: 'settle',
      channel: 't',
      how: 'ack',
      tag: 1,
    },
    {
      do: 'wait',
      ms: 200,
    },
    {
      do: 'events',
      as: 'settled twice',
      channel: 't',
    },
    {
      do: 'open',
      channel: 'u',
      plain: true,
    },
    {
      do: 'tx',
      channel: 'u',
      how: 'select',
    },
    {
      do: 'publish',
      channel: 'u',
      exchange: 'no',
      bodies: ['X'],
    },
    {
      do: 'wait',
      ms: 200,
    },
    {
      do: 'events',
      as: 'missing exchange',
      channel: 'u',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      'settled twice': ['closed 406 PRECONDITION_FAILED - unknown delivery tag 1'],
      'missing exchange': ["closed 404 NOT_FOUND - no exchange 'no' in vhost '/'"],
    },
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
