// The heartbeat thread leaves the group for it; the commit fails and the records come again.
import type { Experiment } from '../../types.ts'

export const pollIntervalExceeded: Experiment = {
  version: 1,
  id: 'poll-interval-exceeded',
  title: 'Too long between two polls',
  row: 'K29',
  source: 'KIP-62: max.poll.interval.ms',
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
        'max.poll.interval.ms': 3000,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'first', consumer: 'ann', count: 2 },
    { do: 'wait', ms: 6000 },
    { do: 'process', consumer: 'ann', count: 2 },
    { do: 'commit', as: 'commit', consumer: 'ann' },
    { do: 'poll', as: 'again', consumer: 'ann', count: 2 },
    { do: 'processed', as: 'processed', group: 'billing' },
  ],
  expect: {
    first: ['0@0:A', '0@1:B'],
    commit: 'CommitFailedException',
    again: ['0@0:A', '0@1:B'],
    processed: { 'orders/0': ['A', 'B'] },
  },
}
