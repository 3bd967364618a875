// What comes back is fetched first, as it is delivered first.
import type { Experiment } from './types.ts'

export const fetchedAndReturned: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'fetched-and-returned',
  title: 'Fetched one by one, and returned',
  source: 'AMQP 0-9-1, basic.get',
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
      do: 'get',
      channel: 'g',
      queue: 'Q',
    },
    {
      do: 'get',
      channel: 'g',
      queue: 'Q',
    },
    {
      do: 'settle',
      channel: 'g',
      how: 'nack',
      body: 'B',
    },
    {
      do: 'settle',
      channel: 'g',
      how: 'reject',
      body: 'A',
    },
    {
      do: 'get',
      as: 'get 1',
      channel: 'h',
      queue: 'Q',
    },
    {
      do: 'get',
      as: 'get 2',
      channel: 'h',
      queue: 'Q',
    },
    {
      do: 'get',
      as: 'get 3',
      channel: 'h',
      queue: 'Q',
    },
    {
      do: 'get',
      as: 'get 4',
      channel: 'h',
      queue: 'Q',
    },
    {
      do: 'closeChannel',
      channel: 'h',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    classic: {
      'get 1': 'A!',
      'get 2': 'B!',
      queue: 'A! B! C!',
    },
    '4.3/quorum': {
      'get 1': 'B!{ac1}',
      'get 2': 'A!{dc1,ac1}',
      queue: 'B!{dc1,ac2} A!{dc2,ac2} C!{dc1,ac1}',
    },
    '4.0/quorum': {
      'get 1': 'B!{dc1}',
      'get 2': 'A!{dc1}',
      queue: 'B!{dc2} A!{dc2} C!{dc1}',
    },
    all: {
      'get 3': 'C',
      'get 4': 'empty',
    },
  },
}
