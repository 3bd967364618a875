// The counterpart of round-robin-of-two-topics.
import type { Experiment } from '../../types.ts'

export const rangeOfTwoTopics: Experiment = {
  version: 1,
  id: 'range-of-two-topics',
  title: 'Range gives the first member more of each topic',
  source: 'RangeAssignor',
  class: 'deterministic',
  topics: { orders: 3, refunds: 3 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'partition.assignment.strategy': 'RangeAssignor',
      },
      also: ['refunds'],
    },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'partition.assignment.strategy': 'RangeAssignor',
      },
      also: ['refunds'],
    },
  },
  steps: [
    { do: 'start', who: 'ann' },
    { do: 'start', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'both' },
  ],
  expect: {
    both: {
      ann: { has: ['orders/0', 'orders/1', 'refunds/0', 'refunds/1'], revoked: [] },
      bob: { has: ['orders/2', 'refunds/2'], revoked: [] },
    },
  },
}
