// Its bindings go with it, from it and to it.
import type { Experiment } from './types.ts'

export const exchangeDeleted: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'exchange-deleted',
  title: 'exchange.delete, with and without if-unused',
  source: 'AMQP 0-9-1, exchange.delete; rabbit_exchange: ensure_deleted',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareExchange',
      exchange: 'X',
      type: 'fanout',
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
    },
    {
      do: 'publish',
      exchange: 'X',
      bodies: ['A'],
    },
    {
      do: 'deleteExchange',
      as: 'in use',
      exchange: 'Y',
      ifUnused: true,
      channel: 'a',
    },
    {
      do: 'unbind',
      queue: 'Q',
      exchange: 'Y',
    },
    {
      do: 'deleteExchange',
      as: 'a destination alone',
      exchange: 'Y',
      ifUnused: true,
      channel: 'b',
    },
    {
      do: 'publish',
      exchange: 'X',
      bodies: ['B'],
      mandatory: true,
      channel: 'c',
      as: 'published to its source',
    },
    {
      do: 'events',
      as: 'what came of it',
      channel: 'c',
    },
    {
      do: 'deleteExchange',
      as: 'the source, if unused',
      exchange: 'X',
      ifUnused: true,
      channel: 'b',
    },
    {
      do: 'declareExchange',
      exchange: 'X',
      type: 'direct',
    },
    {
      do: 'bind',
      queue: 'Q',
      exchange: 'X',
      key: 'k',
    },
    {
      do: 'deleteExchange',
      as: 'deleted',
      exchange: 'X',
    },
    {
      do: 'deleteExchange',
      as: 'once more',
      exchange: 'X',
    },
    {
      do: 'publish',
      exchange: 'X',
      key: 'k',
      bodies: ['C'],
      channel: 'd',
      as: 'published to none',
    },
    {
      do: 'events',
      as: 'what it said',
      channel: 'd',
    },
    {
      do: 'declareExchange',
      exchange: 'X',
      type: 'fanout',
    },
    {
      do: 'publish',
      exchange: 'X',
      bodies: ['D'],
    },
    {
      do: 'drain',
      as: 'left',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      'in use': "406 PRECONDITION_FAILED - exchange 'Y' in vhost '/' in use",
      'a destination alone': 'ok',
      'published to its source': 'B:ack',
      'what came of it': ['returned 312 NO_ROUTE '],
      'the source, if unused': 'ok',
      deleted: 'ok',
      'once more': 'ok',
      'published to none': 'C:no answer',
      'what it said': ["closed 404 NOT_FOUND - no exchange 'X' in vhost '/'"],
      left: 'A',
    },
  },
}
