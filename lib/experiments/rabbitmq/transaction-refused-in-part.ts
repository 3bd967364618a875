// What fits is kept, and the channel is closed all the same: a transaction is not atomic.
import type { Experiment } from './types.ts'

export const transactionRefusedInPart: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'transaction-refused-in-part',
  title: 'A full queue and a transaction',
  source: 'rabbit_channel: partial tx completion',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-max-length': 1,
        'x-overflow': 'reject-publish',
      },
    },
    {
      do: 'open',
      channel: 't',
      plain: true,
    },
    {
      do: 'tx',
      channel: 't',
      how: 'select',
    },
    {
      do: 'publish',
      channel: 't',
      queue: 'Q',
      bodies: ['A', 'B', 'C', 'D'],
    },
    {
      do: 'tx',
      as: 'commit',
      channel: 't',
      how: 'commit',
    },
    {
      do: 'drain',
      as: 'queue',
      queue: 'Q',
    },
  ],
  expect: {
    classic: {
      commit: '406 PRECONDITION_FAILED - partial tx completion',
      queue: 'A',
    },
    quorum: {
      commit: 'ok',
      queue: 'A B C D',
    },
  },
}
