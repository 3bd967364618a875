// B and C are lost to this group: nobody reads below the committed offset.
import type { Experiment } from '../../types.ts'

export const commitBeforeTheEffect: Experiment = {
  version: 1,
  id: 'commit-before-the-effect',
  title: 'Committed before the effect, then a crash',
  source: 'At most once',
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
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'polled', consumer: 'ann', count: 3 },
    { do: 'commit', as: 'commit', consumer: 'ann' },
    { do: 'process', consumer: 'ann', count: 1 },
    { do: 'crash', who: 'ann' },
    { do: 'restart', who: 'ann' },
    { do: 'poll', as: 'after', consumer: 'ann', count: 1, withinMs: 12000 },
    { do: 'processed', as: 'processed', group: 'billing' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    polled: ['0@0:A', '0@1:B', '0@2:C'],
    commit: 'ok',
    after: [],
    processed: { 'orders/0': ['A'] },
    committed: 3,
  },
}
