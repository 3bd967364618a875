// Range would give the first member more of each topic; here the second topic goes on where the first ended.
import type { Experiment } from '../../types.ts'

export const roundRobinOfTwoTopics: Experiment = {
  version: 1,
  id: 'round-robin-of-two-topics',
  title: 'Round robin deals two topics in one row',
  source: 'RoundRobinAssignor',
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
        'partition.assignment.strategy': 'RoundRobinAssignor',
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
        'partition.assignment.strategy': 'RoundRobinAssignor',
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
      ann: { has: ['orders/0', 'orders/2', 'refunds/1'], revoked: [] },
      bob: { has: ['orders/1', 'refunds/0', 'refunds/2'], revoked: [] },
    },
  },
}
