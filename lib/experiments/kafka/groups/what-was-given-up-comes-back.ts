// What a member gives up is its own until it says so, and may be its own again in the same answer.
import type { Experiment } from '../../types.ts'

export const whatWasGivenUpComesBack: Experiment = {
  version: 1,
  id: 'what-was-given-up-comes-back',
  title: 'A member changes its mind while it gives up',
  source: 'KIP-848; CurrentAssignmentBuilder.computeNextAssignment',
  class: 'deterministic',
  topics: { orders: 2, refunds: 1 },
  steps: [
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'ann joins',
      topics: ['orders'],
    },
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'reads refunds',
      topics: ['refunds'],
      owned: ['orders/0', 'orders/1'],
    },
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'reads orders, and owns one',
      topics: ['orders'],
      owned: ['orders/0'],
    },
    {
      do: 'consumerGroupHeartbeat',
      member: 'ann',
      group: 'billing',
      as: 'owns nothing',
      owned: [],
    },
    { do: 'consumerGroupHeartbeat', member: 'ann', group: 'billing', as: 'goes on' },
  ],
  expect: {
    'ann joins': { epoch: 2, assignment: ['orders/0', 'orders/1'] },
    'reads refunds': { epoch: 2, assignment: [] },
    'reads orders, and owns one': { epoch: 2, assignment: [] },
    'owns nothing': { epoch: 4, assignment: ['orders/0', 'orders/1'] },
    'goes on': { epoch: 4, assignment: null },
  },
}
