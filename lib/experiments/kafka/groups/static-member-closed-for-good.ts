// Nobody is told that it has gone: only its session ends it.
import type { Experiment } from '../../types.ts'

export const staticMemberClosedForGood: Experiment = {
  version: 1,
  id: 'static-member-closed-for-good',
  title: 'A closed static member holds its partitions',
  source: 'KIP-345',
  class: 'deterministic',
  topics: { orders: 2 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'group.instance.id': 'till-1',
        'partition.assignment.strategy': 'RangeAssignor',
      },
    },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'group.instance.id': 'till-2',
        'partition.assignment.strategy': 'RangeAssignor',
      },
    },
  },
  steps: [
    { do: 'start', who: 'ann' },
    { do: 'start', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'both' },
    { do: 'close', consumer: 'bob' },
    { do: 'join', consumers: ['ann'], withinMs: 2500, as: 'within its session' },
    { do: 'join', consumers: ['ann'], as: 'after it' },
  ],
  expect: {
    both: { ann: { has: ['orders/0'], revoked: [] }, bob: { has: ['orders/1'], revoked: [] } },
    'within its session': 'no answer',
    'after it': { ann: { has: ['orders/0', 'orders/1'], revoked: ['orders/0'] } },
  },
}
