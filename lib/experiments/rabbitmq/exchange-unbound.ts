// It stops what came over that binding alone.
import type { Experiment } from './types.ts'

export const exchangeUnbound: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'exchange-unbound',
  title: 'exchange.unbind',
  source: 'AMQP 0-9-1 extension of RabbitMQ: exchange to exchange bindings',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareExchange',
      exchange: 'X',
      type: 'topic',
    },
    {
      do: 'declareExchange',
      exchange: 'Y',
      type: 'fanout',
    },
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'bind',
      queue: 'Q',
      exchange: 'Y',
    },
    {
      do: 'bindExchange',
      from: 'X',
      to: 'Y',
      key: 'a.*',
    },
    {
      do: 'bindExchange',
      from: 'X',
      to: 'Y',
      key: 'b.#',
    },
    {
      do: 'unbindExchange',
      as: 'another key',
      from: 'X',
      to: 'Y',
      key: 'a.b',
    },
    {
      do: 'publish',
      exchange: 'X',
      key: 'a.b',
      bodies: ['A'],
    },
    {
      do: 'publish',
      exchange: 'X',
      key: 'b.c',
      bodies: ['B'],
    },
    {
      do: 'unbindExchange',
      as: 'unbound',
      from: 'X',
      to: 'Y',
      key: 'a.*',
    },
    {
      do: 'unbindExchange',
      as: 'once more',
      from: 'X',
      to: 'Y',
      key: 'a.*',
    },
    {
      do: 'publish',
      exchange: 'X',
      key: 'a.b',
      bodies: ['C'],
    },
    {
      do: 'publish',
      exchange: 'X',
      key: 'b.c',
      bodies: ['D'],
    },
    {
      do: 'drain',
      as: 'came through',
      queue: 'Q',
      show: 'routes',
    },
  ],
  expect: {
    all: {
      'another key': 'ok',
      unbound: 'ok',
      'once more': 'ok',
      'came through': ['A X>a.b', 'B X>b.c', 'D X>b.c'],
    },
  },
}
