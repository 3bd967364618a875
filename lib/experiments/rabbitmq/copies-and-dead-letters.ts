// All keys go on with a dead letter; x-death tells no BCC; a dead-letter routing key stands for all of them.
import type { Experiment } from './types.ts'

export const copiesAndDeadLetters: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'copies-and-dead-letters',
  title: 'CC and BCC, dead-lettered',
  source: 'rabbitmq.com/docs/sender-selected; rabbitmq.com/docs/dlx',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'D',
    },
    {
      do: 'declareQueue',
      queue: 'E',
    },
    {
      do: 'declareExchange',
      exchange: 'S',
      type: 'direct',
    },
    {
      do: 'declareExchange',
      exchange: 'X',
      type: 'direct',
    },
    {
      do: 'bind',
      queue: 'D',
      exchange: 'X',
      key: 'k',
    },
    {
      do: 'bind',
      queue: 'D',
      exchange: 'X',
      key: 'n',
    },
    {
      do: 'bind',
      queue: 'E',
      exchange: 'X',
      key: 'other',
    },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-dead-letter-exchange': 'X',
      },
    },
    {
      do: 'bind',
      queue: 'Q',
      exchange: 'S',
      key: 'k',
    },
    {
      do: 'publish',
      exchange: 'S',
      key: 'k',
      bodies: ['A'],
      headers: {
        CC: ['other'],
      },
    },
    {
      do: 'publish',
      exchange: 'S',
      key: 'k',
      bodies: ['B'],
      headers: {
        BCC: ['other'],
      },
    },
    {
      do: 'consume',
      channel: 'g',
      queue: 'Q',
      consumer: 'g',
      handle: {
        do: 'drop',
      },
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['g'],
    },
    {
      do: 'drain',
      as: 'by the key',
      queue: 'D',
      show: 'deaths',
    },
    {
      do: 'drain',
      as: 'by CC and BCC',
      queue: 'E',
      show: 'routes',
    },
    {
      do: 'declareQueue',
      queue: 'R',
      arguments: {
        'x-dead-letter-exchange': 'X',
        'x-dead-letter-routing-key': 'n',
      },
    },
    {
      do: 'bind',
      queue: 'R',
      exchange: 'S',
      key: 'r',
    },
    {
      do: 'publish',
      exchange: 'S',
      key: 'r',
      bodies: ['C'],
      headers: {
        CC: ['other'],
      },
    },
    {
      do: 'consume',
      channel: 'h',
      queue: 'R',
      consumer: 'h',
      handle: {
        do: 'drop',
      },
    },
    {
      do: 'seen',
      consumers: ['h'],
    },
    {
      do: 'drain',
      as: 'with a key of its own',
      queue: 'D',
      show: 'routes',
    },
    {
      do: 'drain',
      as: 'its CC',
      queue: 'E',
      show: 'routes',
    },
  ],
  expect: {
    all: {
      seen: 'A B',
      'by the key': [['1 rejected Q S [k,other]'], ['1 rejected Q S [k]']],
      'by CC and BCC': ['A X>k', 'B X>k'],
      'with a key of its own': ['C X>n'],
      'its CC': [],
    },
  },
}
