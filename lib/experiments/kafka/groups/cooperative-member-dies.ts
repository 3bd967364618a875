// When a member dies, those who live give nothing up: they are given its partitions once its session is over.
import type { Experiment } from '../../types.ts'

const consumer = {
  group: 'billing',
  topic: 'orders',
  settings: {
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': false,
    'partition.assignment.strategy': 'CooperativeStickyAssignor',
    'session.timeout.ms': 6000,
    'heartbeat.interval.ms': 500,
  },
}

export const cooperativeMemberDies: Experiment = {
  version: 1,
  id: 'cooperative-member-dies',
  title: 'A cooperative member dies',
  source: 'KIP-429; session.timeout.ms',
  class: 'deterministic',
  topics: { orders: 3 },
  consumers: { ann: consumer, bob: consumer },
  steps: [
    { do: 'start', who: 'ann' },
    { do: 'join', consumers: ['ann'] },
    { do: 'start', who: 'bob' },
    { do: 'join', as: 'two', consumers: ['ann', 'bob'] },
    { do: 'produce', topic: 'orders', partition: 0, values: ['A'] },
    { do: 'produce', topic: 'orders', partition: 2, values: ['C'] },
    { do: 'poll', as: 'by bob', consumer: 'bob', count: 1 },
    { do: 'process', consumer: 'bob', count: 1 },
    { do: 'crash', who: 'bob' },
    { do: 'join', as: 'alone again', consumers: ['ann'] },
    { do: 'poll', as: 'by ann', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 2 },
    { do: 'processed', as: 'processed', group: 'billing' },
  ],
  expect: {
    two: {
      ann: { has: ['orders/0', 'orders/1'], revoked: ['orders/2'] },
      bob: { has: ['orders/2'], revoked: [] },
    },
    'by bob': ['2@0:C'],
    'alone again': { ann: { has: ['orders/0', 'orders/1', 'orders/2'], revoked: [] } },
    'by ann': ['0@0:A', '2@0:C'],
    processed: { 'orders/0': ['A'], 'orders/2': ['C', 'C'] },
  },
}
