// They are there without being declared, as what they are called, and nobody deletes them.
import type { Experiment } from './types.ts'

export const exchangesOfTheBroker: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'exchanges-of-the-broker',
  title: 'amq.direct and the others that every broker has',
  source:
    'AMQP 0-9-1, 3.1.3: standard exchanges; rabbit_channel: check_exchange_deletion, check_name',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'bind',
      queue: 'Q',
      exchange: 'amq.direct',
      key: 'k',
    },
    {
      do: 'bind',
      queue: 'Q',
      exchange: 'amq.topic',
      key: 'a.*',
    },
    {
      do: 'bind',
      queue: 'Q',
      exchange: 'amq.headers',
      arguments: {
        h: '1',
      },
    },
    {
      do: 'bind',
      queue: 'Q',
      exchange: 'amq.match',
      arguments: {
        m: '1',
      },
    },
    {
      do: 'publish',
      exchange: 'amq.direct',
      key: 'k',
      bodies: ['direct'],
    },
    {
      do: 'publish',
      exchange: 'amq.direct',
      key: 'l',
      bodies: ['nowhere'],
    },
    {
      do: 'publish',
      exchange: 'amq.topic',
      key: 'a.b',
      bodies: ['topic'],
    },
    {
      do: 'publish',
      exchange: 'amq.headers',
      headers: {
        h: '1',
      },
      bodies: ['headers'],
    },
    {
      do: 'publish',
      exchange: 'amq.match',
      headers: {
        m: '1',
      },
      bodies: ['match'],
    },
    {
      do: 'bind',
      queue: 'Q',
      exchange: 'amq.fanout',
      as: 'bound',
    },
    {
      do: 'publish',
      exchange: 'amq.fanout',
      bodies: ['fanout'],
    },
    {
      do: 'drain',
      as: 'came through',
      queue: 'Q',
      show: 'routes',
    },
    {
      do: 'declareExchange',
      as: 'declared as it is',
      exchange: 'amq.direct',
      type: 'direct',
    },
    {
      do: 'declareExchange',
      as: 'declared as another',
      exchange: 'amq.direct',
      type: 'fanout',
      channel: 'a',
    },
    {
      do: 'declareExchange',
      as: 'of a name like theirs',
      exchange: 'amq.mine',
      type: 'fanout',
      channel: 'b',
    },
    {
      do: 'deleteExchange',
      as: 'deleted',
      exchange: 'amq.direct',
      channel: 'c',
    },
    {
      do: 'deleteExchange',
      as: 'deleted, of none',
      exchange: 'amq.mine',
      channel: 'd',
    },
    {
      do: 'declareQueue',
      as: 'a queue of such a name',
      queue: 'amq.queue',
      channel: 'e',
    },
    {
      do: 'publish',
      as: 'published to none',
      exchange: 'amq.mine',
      bodies: ['A'],
      channel: 'f',
    },
    {
      do: 'events',
      as: 'what it said',
      channel: 'f',
    },
  ],
  expect: {
    all: {
      bound: 'ok',
      'came through': [
        'direct amq.direct>k',
        'topic amq.topic>a.b',
        'headers amq.headers>',
        'match amq.match>',
        'fanout amq.fanout>',
      ],
      'declared as it is': 'ok',
      'declared as another':
        "406 PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'amq.direct' in vhost '/': received 'fanout' but current is 'direct'",
      'of a name like theirs':
        "403 ACCESS_REFUSED - exchange name 'amq.mine' contains reserved prefix 'amq.*'",
      deleted:
        "403 ACCESS_REFUSED - deletion of system exchange 'amq.direct' in vhost '/' not allowed",
      'deleted, of none':
        "403 ACCESS_REFUSED - deletion of system exchange 'amq.mine' in vhost '/' not allowed",
      'a queue of such a name':
        "403 ACCESS_REFUSED - queue name 'amq.queue' contains reserved prefix 'amq.*'",
      'published to none': 'A:no answer',
      'what it said': ["closed 404 NOT_FOUND - no exchange 'amq.mine' in vhost '/'"],
    },
  },
}
