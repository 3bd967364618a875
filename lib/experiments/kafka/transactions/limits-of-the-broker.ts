// What a broker is configured with holds for whoever asks it: the longest transaction, how long an empty group
// waits for more members, and which session it gives to members that bring none.
import type { Experiment } from '../../types.ts'

export const limitsOfTheBroker: Experiment = {
  version: 1,
  id: 'limits-of-the-broker',
  title: 'Settings of the broker: the longest transaction, the wait of an empty group',
  source: 'transaction.max.timeout.ms; group.initial.rebalance.delay.ms (KIP-134)',
  class: 'deterministic',
  topics: { orders: 2 },
  broker: { 'transaction.max.timeout.ms': 5000, 'group.initial.rebalance.delay.ms': 1500 },
  steps: [
    {
      do: 'initProducerId',
      as: 'too long',
      producer: 'shop',
      transactionalId: 'shop',
      timeoutMs: 6000,
    },
    {
      do: 'initProducerId',
      as: 'long enough',
      producer: 'shop',
      transactionalId: 'shop',
      timeoutMs: 5000,
    },
    {
      do: 'joinGroup',
      as: 'ann',
      member: 'ann',
      group: 'billing',
      topics: ['orders'],
      later: true,
    },
    { do: 'wait', ms: 300 },
    {
      do: 'joinGroup',
      as: 'bob',
      member: 'bob',
      group: 'billing',
      topics: ['orders'],
      later: true,
    },
    { do: 'await', as: 'first', step: 'ann' },
    { do: 'await', as: 'second', step: 'bob' },
  ],
  expect: {
    'too long': 'INVALID_TRANSACTION_TIMEOUT',
    'long enough': { epoch: 0 },
    first: { generation: 1, leads: true, members: 2 },
    second: { generation: 1, leads: false, members: 0 },
  },
}
