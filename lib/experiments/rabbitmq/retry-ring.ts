// A ring of two queues: rejected, waiting for its time to live, back again. x-death counts each way.
import type { Experiment } from './types.ts'

export const retryRing: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'retry-ring',
  title: 'A retry ring by dead letters and time to live',
  row: 'R20',
  source: 'rabbitmq.com/docs/dlx; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'WORK',
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'RETRY' },
    },
    {
      do: 'declareQueue',
      queue: 'RETRY',
      arguments: {
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'WORK',
        'x-message-ttl': 100,
      },
    },
    { do: 'publish', queue: 'WORK', bodies: ['A'] },
    { do: 'qos', channel: 'c1', count: 1 },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'WORK',
      consumer: 'c1',
      handle: { do: 'drop', times: 3 },
    },
    { do: 'seen', as: 'deaths', consumers: ['c1'], show: 'deaths', idleMs: 900 },
  ],
  expect: {
    all: {
      deaths: [
        [],
        ["1 expired RETRY '' [RETRY]", "1 rejected WORK '' [WORK]"],
        ["2 expired RETRY '' [RETRY]", "2 rejected WORK '' [WORK]"],
        ["3 expired RETRY '' [RETRY]", "3 rejected WORK '' [WORK]"],
      ],
    },
  },
}
