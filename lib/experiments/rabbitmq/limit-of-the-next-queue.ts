// The delivery limit of 4.3 counts the failures of the queues before, too; that of 4.0 begins anew in each queue.
import type { Experiment } from './types.ts'

export const limitOfTheNextQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'limit-of-the-next-queue',
  title: 'The delivery limit of the next queue',
  source: 'rabbit_fifo.erl: return_one; measured',
  class: 'deterministic',
  types: ['quorum'],
  steps: [
    { do: 'declareQueue', queue: 'E' },
    {
      do: 'declareQueue',
      queue: 'D',
      arguments: {
        'x-delivery-limit': 2,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'E',
      },
    },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'D' },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'get', queue: 'Q' },
    { do: 'settle', how: 'drop' },
    { do: 'wait', ms: 300 },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'D', consumer: 'c1', handle: { do: 'reject' } },
    { do: 'seen', as: 'failed once before', consumers: ['c1'] },
    { do: 'drain', as: 'dropped', queue: 'E' },
    { do: 'publish', queue: 'Q', bodies: ['B'] },
    { do: 'get', queue: 'Q' },
    { do: 'settle', how: 'reject' },
    { do: 'wait', ms: 300 },
    { do: 'get', queue: 'Q' },
    { do: 'settle', how: 'drop' },
    { do: 'seen', as: 'failed twice before', consumers: ['c1'] },
    { do: 'drain', as: 'dropped, too', queue: 'E' },
  ],
  expect: {
    '4.3': {
      'failed once before': 'A!{dc1,ac1} A!{dc2,ac1}',
      dropped: 'A!{dc3,ac3}',
      'failed twice before': 'B!{dc2,ac2}',
      'dropped, too': 'B!{dc3,ac3}',
    },
    '4.0': {
      'failed once before': 'A!{dc1} A!{dc1} A!{dc2}',
      dropped: 'A!{dc1}',
      'failed twice before': 'B!{dc1} B!{dc1} B!{dc2}',
      'dropped, too': 'B!{dc1}',
    },
  },
}
