// Both by SIGKILL and by close(): the other member gives up nothing, the partitions wait for their owner.
import type { Experiment } from '../../types.ts'

export const staticMemberRestart: Experiment = {
  version: 1,
  id: 'static-member-restart',
  title: 'A restarted static member causes no rebalance',
  row: 'K30',
  source: 'KIP-345; AbstractCoordinator.maybeLeaveGroup',
  class: 'deterministic',
  topics: { orders: 4 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 20000,
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
        'session.timeout.ms': 20000,
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
    { do: 'crash', who: 'bob' },
    { do: 'restart', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'after a crash' },
    { do: 'close', consumer: 'bob' },
    { do: 'restart', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'after a close' },
  ],
  expect: {
    both: {
      ann: { has: ['orders/0', 'orders/1'], revoked: [] },
      bob: { has: ['orders/2', 'orders/3'], revoked: [] },
    },
    'after a crash': {
      ann: { has: ['orders/0', 'orders/1'], revoked: [] },
      bob: { has: ['orders/2', 'orders/3'], revoked: [] },
    },
    'after a close': {
      ann: { has: ['orders/0', 'orders/1'], revoked: [] },
      bob: { has: ['orders/2', 'orders/3'], revoked: [] },
    },
  },
}
