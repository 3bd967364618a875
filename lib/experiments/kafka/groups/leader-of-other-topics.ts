// Who leads the group assigns what the others read, too: it asks for topics that it does not read itself, and follows
// them. Each topic is shared among those who read it.
import type { Experiment } from '../../types.ts'

const settings = {
  'auto.offset.reset': 'earliest',
  'enable.auto.commit': false,
  'session.timeout.ms': 6000,
  'heartbeat.interval.ms': 500,
  'metadata.max.age.ms': 1000,
  'partition.assignment.strategy': 'RangeAssignor',
} as const

export const leaderOfOtherTopics: Experiment = {
  version: 1,
  id: 'leader-of-other-topics',
  title: 'Members that read different topics, and the leader one of them only',
  source: 'ConsumerCoordinator.onLeaderElected: updateGroupSubscription; RangeAssignor',
  class: 'deterministic',
  topics: { orders: 3, refunds: 2 },
  consumers: {
    ann: { group: 'billing', topic: 'orders', settings },
    bob: { group: 'billing', topic: 'orders', also: ['refunds'], settings },
    cid: { group: 'billing', topic: 'refunds', settings },
  },
  steps: [
    { do: 'start', who: 'ann' },
    { do: 'join', consumers: ['ann'], as: 'ann leads' },
    { do: 'start', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'two' },
    { do: 'start', who: 'cid' },
    { do: 'join', consumers: ['ann', 'bob', 'cid'], as: 'three' },
    { do: 'addPartitions', topic: 'refunds', partitions: 4 },
    { do: 'wait', ms: 2500 },
    { do: 'join', consumers: ['ann', 'bob', 'cid'], as: 'more refunds' },
    { do: 'close', consumer: 'bob' },
    { do: 'join', consumers: ['ann', 'cid'], as: 'without bob' },
  ],
  expect: {
    'ann leads': { ann: { has: ['orders/0', 'orders/1', 'orders/2'], revoked: [] } },
    two: {
      ann: { has: ['orders/0', 'orders/1'], revoked: ['orders/0', 'orders/1', 'orders/2'] },
      bob: { has: ['orders/2', 'refunds/0', 'refunds/1'], revoked: [] },
    },
    three: {
      ann: { has: ['orders/0', 'orders/1'], revoked: ['orders/0', 'orders/1'] },
      bob: { has: ['orders/2', 'refunds/0'], revoked: ['orders/2', 'refunds/0', 'refunds/1'] },
      cid: { has: ['refunds/1'], revoked: [] },
    },
    'more refunds': {
      ann: { has: ['orders/0', 'orders/1'], revoked: ['orders/0', 'orders/1'] },
      bob: { has: ['orders/2', 'refunds/0', 'refunds/1'], revoked: ['orders/2', 'refunds/0'] },
      cid: { has: ['refunds/2', 'refunds/3'], revoked: ['refunds/1'] },
    },
    'without bob': {
      ann: { has: ['orders/0', 'orders/1', 'orders/2'], revoked: ['orders/0', 'orders/1'] },
      cid: {
        has: ['refunds/0', 'refunds/1', 'refunds/2', 'refunds/3'],
        revoked: ['refunds/2', 'refunds/3'],
      },
    },
  },
}
