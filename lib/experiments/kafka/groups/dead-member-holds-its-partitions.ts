// Nothing is read until the session of the dead member has expired; then everything uncommitted is
// read again.
import type { Experiment } from '../../types.ts'

export const deadMemberHoldsItsPartitions: Experiment = {
  version: 1,
  id: 'dead-member-holds-its-partitions',
  title: 'A dead member holds its partitions',
  source: 'session.timeout.ms; a crash says nothing to the group',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
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
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'to ann', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 1 },
    { do: 'crash', who: 'ann' },
    { do: 'start', who: 'bob' },
    { do: 'poll', as: 'at once', consumer: 'bob', count: 1, withinMs: 2000 },
    { do: 'poll', as: 'in the end', consumer: 'bob', count: 2 },
    { do: 'process', consumer: 'bob', count: 2 },
    { do: 'processed', as: 'processed', group: 'billing' },
  ],
  expect: {
    'to ann': ['0@0:A', '0@1:B'],
    'at once': [],
    'in the end': ['0@0:A', '0@1:B'],
    processed: { 'orders/0': ['A', 'A', 'B'] },
  },
}
