// close() commits automatically and leaves: no session has to expire, and nothing is read twice.
import type { Experiment } from '../../types.ts'

export const closingHandsOverAtOnce: Experiment = {
  version: 1,
  id: 'closing-hands-over-at-once',
  title: 'A consumer that closes hands over at once',
  source: 'LeaveGroup; ConsumerCoordinator.close',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': true,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
      },
    },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': true,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'to ann', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 2 },
    { do: 'close', consumer: 'ann' },
    { do: 'start', who: 'bob' },
    { do: 'poll', as: 'to bob', consumer: 'bob', count: 1, withinMs: 2500 },
    { do: 'produce', topic: 'orders', values: ['C'] },
    { do: 'poll', as: 'next', consumer: 'bob', count: 1 },
    { do: 'processed', as: 'processed', group: 'billing' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    'to ann': ['0@0:A', '0@1:B'],
    'to bob': [],
    next: ['0@2:C'],
    processed: { 'orders/0': ['A', 'B'] },
    committed: 2,
  },
}
