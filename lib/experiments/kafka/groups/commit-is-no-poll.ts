// Somebody who commits and does not poll is thrown out all the same.
import type { Experiment } from '../../types.ts'

export const commitIsNoPoll: Experiment = {
  version: 1,
  id: 'commit-is-no-poll',
  title: 'A commit is no poll',
  source: 'KIP-62: only poll() resets max.poll.interval.ms',
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
        'max.poll.interval.ms': 5000,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'polled', consumer: 'ann', count: 1 },
    { do: 'wait', ms: 3000 },
    { do: 'commit', as: 'first commit', consumer: 'ann' },
    { do: 'wait', ms: 3500 },
    { do: 'commit', as: 'second commit', consumer: 'ann' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    polled: ['0@0:A'],
    'first commit': 'ok',
    'second commit': 'CommitFailedException',
    committed: 1,
  },
}
