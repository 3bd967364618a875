// It remembers nothing: when a member leaves, those who stay change partitions among themselves.
import type { Experiment } from '../../types.ts'

export const roundRobinMovesEverything: Experiment = {
  version: 1,
  id: 'round-robin-moves-everything',
  title: 'Round robin of three members, and of two',
  source: 'RoundRobinAssignor',
  class: 'deterministic',
  topics: { orders: 7 },
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
    },
    cid: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'partition.assignment.strategy': 'RoundRobinAssignor',
      },
    },
  },
  steps: [
    { do: 'start', who: 'ann' },
    { do: 'start', who: 'bob' },
    { do: 'start', who: 'cid' },
    { do: 'join', consumers: ['ann', 'bob', 'cid'], as: 'three' },
    { do: 'close', consumer: 'bob' },
    { do: 'join', consumers: ['ann', 'cid'], as: 'two' },
  ],
  expect: {
    three: {
      ann: { has: ['orders/0', 'orders/3', 'orders/6'], revoked: [] },
      bob: { has: ['orders/1', 'orders/4'], revoked: [] },
      cid: { has: ['orders/2', 'orders/5'], revoked: [] },
    },
    two: {
      ann: {
        has: ['orders/0', 'orders/2', 'orders/4', 'orders/6'],
        revoked: ['orders/0', 'orders/3', 'orders/6'],
      },
      cid: { has: ['orders/1', 'orders/3', 'orders/5'], revoked: ['orders/2', 'orders/5'] },
    },
  },
}
