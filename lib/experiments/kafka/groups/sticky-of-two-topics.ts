// Of what it had it keeps the lowest partitions, whatever their topic; a newcomer gets the rest at once.
import type { Experiment } from '../../types.ts'

export const stickyOfTwoTopics: Experiment = {
  version: 1,
  id: 'sticky-of-two-topics',
  title: 'A sticky member keeps the lower partitions of each topic',
  source: 'KIP-54; ConstrainedAssignmentBuilder',
  class: 'deterministic',
  topics: { orders: 2, refunds: 2 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'partition.assignment.strategy': 'StickyAssignor',
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
        'partition.assignment.strategy': 'StickyAssignor',
      },
      also: ['refunds'],
    },
  },
  steps: [
    { do: 'start', who: 'ann' },
    { do: 'join', consumers: ['ann'], as: 'one' },
    { do: 'start', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'two' },
    { do: 'close', consumer: 'ann' },
    { do: 'join', consumers: ['bob'], as: 'without ann' },
  ],
  expect: {
    one: { ann: { has: ['orders/0', 'orders/1', 'refunds/0', 'refunds/1'], revoked: [] } },
    two: {
      ann: {
        has: ['orders/0', 'refunds/0'],
        revoked: ['orders/0', 'orders/1', 'refunds/0', 'refunds/1'],
      },
      bob: { has: ['orders/1', 'refunds/1'], revoked: [] },
    },
    'without ann': {
      bob: {
        has: ['orders/0', 'orders/1', 'refunds/0', 'refunds/1'],
        revoked: ['orders/1', 'refunds/1'],
      },
    },
  },
}
