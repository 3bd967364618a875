// commitAsync does not wait, so that a consumer that was too long away is told nothing: the commit fails in
// silence, and the next poll begins where the group stood.
import type { Experiment } from '../../types.ts'

export const lateCommitWithoutWaiting: Experiment = {
  version: 1,
  id: 'late-commit-without-waiting',
  title: 'commitAsync after max.poll.interval.ms',
  row: 'K17',
  source: 'KIP-62; commitAsync tells its callback, and nobody else',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'max.poll.records': 2,
        'max.poll.interval.ms': 2000,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'first', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 2 },
    { do: 'commit', as: 'in time', consumer: 'ann', api: 'commitAsync' },
    { do: 'poll', as: 'second', consumer: 'ann', count: 1 },
    { do: 'process', consumer: 'ann', count: 1 },
    { do: 'wait', ms: 4000 },
    { do: 'commit', as: 'too late', consumer: 'ann', api: 'commitAsync' },
    { do: 'poll', as: 'again', consumer: 'ann', count: 1 },
    { do: 'process', consumer: 'ann', count: 1 },
    { do: 'processed', as: 'processed', group: 'billing' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    first: ['0@0:A', '0@1:B'],
    'in time': 'sent',
    second: ['0@2:C'],
    'too late': 'sent',
    again: ['0@2:C'],
    processed: { 'orders/0': ['A', 'B', 'C', 'C'] },
    committed: 2,
  },
}
