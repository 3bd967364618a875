// Only what moves is given up; the rest is never revoked.
import type { Experiment } from '../../types.ts'

export const cooperativeJoin: Experiment = {
  version: 1,
  id: 'cooperative-join',
  title: 'A cooperative member keeps what it may keep',
  row: 'K28',
  source: 'KIP-429',
  class: 'deterministic',
  topics: { orders: 3 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'partition.assignment.strategy': 'CooperativeStickyAssignor',
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
        'partition.assignment.strategy': 'CooperativeStickyAssignor',
      },
    },
  },
  steps: [
    { do: 'start', who: 'ann' },
    { do: 'join', as: 'alone', consumers: ['ann'] },
    { do: 'start', who: 'bob' },
    { do: 'join', as: 'both', consumers: ['ann', 'bob'] },
  ],
  expect: {
    alone: { ann: { has: ['orders/0', 'orders/1', 'orders/2'], revoked: [] } },
    both: {
      ann: { has: ['orders/0', 'orders/1'], revoked: ['orders/2'] },
      bob: { has: ['orders/2'], revoked: [] },
    },
  },
}
