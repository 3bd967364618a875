// A reject counts: with a limit of 2 it is delivered three times and then dead-lettered.
import type { Experiment } from './types.ts'

export const deliveryLimitAndReject: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'delivery-limit-and-reject',
  title: 'A delivery limit of 2 and rejects',
  row: 'R28c',
  source: 'rabbitmq.com/docs/quorum-queues: poison message handling; measured',
  class: 'deterministic',
  types: ['quorum'],
  steps: [
    { do: 'declareQueue', queue: 'DLQ', type: 'classic' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-delivery-limit': 2,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'DLQ',
      },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'qos', channel: 'c1', count: 1 },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
      handle: { do: 'reject', times: 6 },
    },
    { do: 'seen', as: 'seen', consumers: ['c1'] },
    { do: 'drain', as: 'deaths', queue: 'DLQ', show: 'deaths' },
  ],
  expect: {
    all: { deaths: [["1 delivery_limit Q '' [Q]"]] },
    '4.3': { seen: 'A A!{dc1,ac1} A!{dc2,ac2}' },
    '4.0': { seen: 'A A!{dc1} A!{dc2}' },
  },
}
