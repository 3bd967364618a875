// One is idle. An eager member gives up everything first, also what it gets back.
import type { Experiment } from '../../types.ts'

export const moreMembersThanPartitions: Experiment = {
  version: 1,
  id: 'more-members-than-partitions',
  title: 'More members than partitions',
  row: 'K31',
  source: 'RangeAssignor',
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
        'partition.assignment.strategy': 'RangeAssignor',
      },
    },
    cid: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'partition.assignment.strategy': 'RangeAssignor',
      },
    },
  },
  steps: [
    { do: 'start', who: 'ann' },
    { do: 'join', consumers: ['ann'] },
    { do: 'start', who: 'bob' },
    { do: 'start', who: 'cid' },
    { do: 'join', as: 'three', consumers: ['ann', 'bob', 'cid'] },
  ],
  expect: {
    three: {
      ann: { has: ['orders/0'], revoked: ['orders/0', 'orders/1'] },
      bob: { has: ['orders/1'], revoked: [] },
      cid: { has: [], revoked: [] },
    },
  },
}
