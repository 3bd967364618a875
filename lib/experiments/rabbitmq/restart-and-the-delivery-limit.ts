// What was held counts a failure, and the one too many is given up: as when its connection dies.
import type { Experiment } from './types.ts'

export const restartAndTheDeliveryLimit: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'restart-and-the-delivery-limit',
  title: 'A restart and the delivery limit',
  source: 'rabbit_fifo: handle_down, return_one; measured',
  class: 'deterministic',
  types: ['quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-delivery-limit': 0,
      },
    },
    {
      do: 'declareQueue',
      queue: 'R',
      arguments: {
        'x-delivery-limit': 1,
      },
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B'],
    },
    {
      do: 'publish',
      queue: 'R',
      bodies: ['C', 'D'],
    },
    {
      do: 'qos',
      channel: 'c1',
      count: 1,
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1-q',
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'R',
      consumer: 'c1-r',
    },
    {
      do: 'seen',
      as: 'at first',
      consumers: ['c1-q', 'c1-r'],
    },
    {
      do: 'restartNode',
    },
    {
      do: 'count',
      as: 'none more',
      queue: 'Q',
    },
    {
      do: 'count',
      as: 'one more',
      queue: 'R',
    },
    {
      do: 'qos',
      channel: 'c2',
      count: 1,
    },
    {
      do: 'consume',
      channel: 'c2',
      queue: 'Q',
      consumer: 'c2-q',
    },
    {
      do: 'consume',
      channel: 'c2',
      queue: 'R',
      consumer: 'c2-r',
    },
    {
      do: 'seen',
      as: 'again',
      consumers: ['c2-q', 'c2-r'],
    },
    {
      do: 'restartNode',
    },
    {
      do: 'drain',
      as: 'none more, at last',
      queue: 'Q',
    },
    {
      do: 'drain',
      as: 'one more, at last',
      queue: 'R',
    },
  ],
  expect: {
    all: {
      'at first': 'c1-q:A c1-r:C',
      'none more': {
        ready: 1,
        consumers: 0,
      },
      'one more': {
        ready: 2,
        consumers: 0,
      },
      'none more, at last': '',
      'one more, at last': 'D',
    },
    '4.3': {
      again: 'c2-q:B c2-r:C!{dc1,ac1}',
    },
    '4.0': {
      again: 'c2-q:B c2-r:C!{dc1}',
    },
  },
}
