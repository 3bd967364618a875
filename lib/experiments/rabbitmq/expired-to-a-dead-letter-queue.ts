// What expires loses its expiration, so that it does not expire again; x-death keeps what it was.
import type { Experiment } from './types.ts'

export const expiredToADeadLetterQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'expired-to-a-dead-letter-queue',
  title: 'Expired, with its original expiration',
  row: 'R21',
  source: 'rabbitmq.com/docs/dlx; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'DLQ' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'DLQ' },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'], expiration: '150' },
    { do: 'wait', ms: 600 },
    { do: 'drain', as: 'deaths', queue: 'DLQ', show: 'deaths' },
  ],
  expect: { all: { deaths: [["1 expired Q '' [Q] 150"]] } },
}
