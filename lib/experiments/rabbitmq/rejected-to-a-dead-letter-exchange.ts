// A rejected message arrives with its history, under the routing key it had.
import type { Experiment } from './types.ts'

export const rejectedToADeadLetterExchange: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'rejected-to-a-dead-letter-exchange',
  title: 'Rejected for good, with a dead-letter exchange',
  row: 'R19',
  source: 'rabbitmq.com/docs/dlx; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'DLQ' },
    { do: 'declareExchange', exchange: 'DLX', type: 'fanout' },
    { do: 'bind', queue: 'DLQ', exchange: 'DLX' },
    { do: 'declareQueue', queue: 'Q', arguments: { 'x-dead-letter-exchange': 'DLX' } },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'qos', channel: 'c1', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'settle', channel: 'c1', how: 'drop', body: 'A' },
    { do: 'qos', channel: 'c2', count: 1 },
    { do: 'consume', channel: 'c2', queue: 'DLQ', consumer: 'c2' },
    { do: 'seen', as: 'dead', consumers: ['c2'] },
    { do: 'closeChannel', channel: 'c2' },
    { do: 'drain', as: 'deaths', queue: 'DLQ', show: 'deaths' },
  ],
  expect: {
    all: { deaths: [["1 rejected Q '' [Q]"]] },
    '4.3/classic': { dead: 'A!' },
    '4.0/classic': { dead: 'A' },
    '4.3/quorum': { dead: 'A!{dc1,ac1}' },
    '4.0/quorum': { dead: 'A!{dc1}' },
  },
}
