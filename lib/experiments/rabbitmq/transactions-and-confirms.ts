// Neither can be chosen beside the other, and nothing is committed that was not begun.
import type { Experiment } from './types.ts'

export const transactionsAndConfirms: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'transactions-and-confirms',
  title: 'A channel confirms or has transactions',
  source: 'rabbitmq.com/docs/confirms: confirm and tx exclude each other',
  class: 'deterministic',
  types: ['classic'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'tx',
      as: 'beside confirms',
      channel: 'c',
      how: 'select',
    },
    {
      do: 'open',
      channel: 't',
      plain: true,
    },
    {
      do: 'tx',
      as: 'commit',
      channel: 't',
      how: 'commit',
    },
    {
      do: 'open',
      channel: 'u',
      plain: true,
    },
    {
      do: 'tx',
      as: 'rollback',
      channel: 'u',
      how: 'rollback',
    },
  ],
  expect: {
    all: {
      'beside confirms': '406 PRECONDITION_FAILED - cannot switch from confirm to tx mode',
      commit: '406 PRECONDITION_FAILED - channel is not transactional',
      rollback: '406 PRECONDITION_FAILED - channel is not transactional',
    },
  },
}
