// Eager, so all is given up in each rebalance; but what is given up comes back, and only what has to moves.
import type { Experiment } from '../../types.ts'

export const stickyKeepsWhatItCan: Experiment = {
  version: 1,
  id: 'sticky-keeps-what-it-can',
  title: 'Sticky members keep what they had',
  source: 'KIP-54; AbstractStickyAssignor',
  class: 'deterministic',
  topics: { orders: 6 },
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
    },
    cid: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'partition.assignment.strategy': 'StickyAssignor',
      },
    },
  },
  steps: [
    { do: 'start', who: 'ann' },
    { do: 'join', consumers: ['ann'], as: 'one' },
    { do: 'start', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'two' },
    { do: 'start', who: 'cid' },
    { do: 'join', consumers: ['ann', 'bob', 'cid'], as: 'three' },
    { do: 'close', consumer: 'bob' },
    { do: 'join', consumers: ['ann', 'cid'], as: 'without bob' },
  ],
  expect: {
    one: {
      ann: {
        has: ['orders/0', 'orders/1', 'orders/2', 'orders/3', 'orders/4', 'orders/5'],
        revoked: [],
      },
    },
    two: {
      ann: {
        has: ['orders/0', 'orders/1', 'orders/2'],
        revoked: ['orders/0', 'orders/1', 'orders/2', 'orders/3', 'orders/4', 'orders/5'],
      },
      bob: { has: ['orders/3', 'orders/4', 'orders/5'], revoked: [] },
    },
    three: {
      ann: { has: ['orders/0', 'orders/1'], revoked: ['orders/0', 'orders/1', 'orders/2'] },
      bob: { has: ['orders/3', 'orders/4'], revoked: ['orders/3', 'orders/4', 'orders/5'] },
      cid: { has: ['orders/2', 'orders/5'], revoked: [] },
    },
    'without bob': {
      ann: { has: ['orders/0', 'orders/1', 'orders/3'], revoked: ['orders/0', 'orders/1'] },
      cid: { has: ['orders/2', 'orders/4', 'orders/5'], revoked: ['orders/2', 'orders/5'] },
    },
  },
}
