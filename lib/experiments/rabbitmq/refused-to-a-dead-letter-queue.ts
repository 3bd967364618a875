// reject-publish-dlx: a classic queue refuses and dead-letters; a quorum queue drops its head.
import type { Experiment } from './types.ts'

export const refusedToADeadLetterQueue: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'refused-to-a-dead-letter-queue',
  title: 'reject-publish-dlx',
  row: 'R74',
  source: 'rabbitmq.com/docs/maxlength; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'DLQ' },
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-max-length': 1,
        'x-overflow': 'reject-publish-dlx',
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'DLQ',
      },
    },
    { do: 'publish', as: 'confirms', queue: 'Q', bodies: ['A', 'B', 'C'] },
    { do: 'drain', as: 'queue', queue: 'Q' },
    { do: 'drain', as: 'dead', queue: 'DLQ' },
  ],
  expect: {
    classic: { confirms: 'A:ack B:nack C:nack', queue: 'A', dead: 'B C' },
    quorum: { confirms: 'A:ack B:ack C:ack', queue: 'C', dead: 'A B' },
  },
}
