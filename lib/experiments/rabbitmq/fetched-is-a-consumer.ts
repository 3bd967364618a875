// A quorum queue counts whoever holds a fetched message, and no consumer that waits to be the active one.
import type { Experiment } from './types.ts'

export const fetchedIsAConsumer: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'fetched-is-a-consumer',
  title: 'Who counts as a consumer',
  source: 'rabbit_fifo: basic.get is a checkout; waiting consumers are a list of their own',
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
      do: 'get',
      channel: 'g',
      queue: 'Q',
    },
    {
      do: 'count',
      as: 'fetched',
      queue: 'Q',
    },
    {
      do: 'settle',
      channel: 'g',
      how: 'ack',
      body: 'A',
    },
    {
      do: 'count',
      as: 'settled',
      queue: 'Q',
    },
    {
      do: 'declareQueue',
      queue: 'S',
      arguments: {
        'x-single-active-consumer': true,
      },
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'S',
      consumer: 'c1',
    },
    {
      do: 'consume',
      channel: 'c2',
      queue: 'S',
      consumer: 'c2',
    },
    {
      do: 'count',
      as: 'single active',
      queue: 'S',
    },
  ],
  expect: {
    classic: {
      fetched: {
        ready: 1,
        consumers: 0,
      },
      'single active': {
        ready: 0,
        consumers: 2,
      },
    },
    quorum: {
      fetched: {
        ready: 1,
        consumers: 1,
      },
      'single active': {
        ready: 0,
        consumers: 1,
      },
    },
    all: {
      settled: {
        ready: 1,
        consumers: 0,
      },
    },
  },
}
