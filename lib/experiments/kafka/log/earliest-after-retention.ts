// Earliest is the first record there is, not offset 0.
import type { Experiment } from '../../types.ts'

export const earliestAfterRetention: Experiment = {
  version: 1,
  id: 'earliest-after-retention',
  title: 'A new group at earliest, after retention',
  source: 'auto.offset.reset=earliest: ListOffsets, the log start offset',
  class: 'deterministic',
  topics: { orders: { partitions: 1, settings: { 'retention.ms': 1000 } } },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: { 'auto.offset.reset': 'earliest', 'enable.auto.commit': false },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'waitUntil', as: 'expired', topic: 'orders', starts: 2 },
    { do: 'alterTopic', as: 'kept from now on', topic: 'orders', settings: { 'retention.ms': -1 } },
    { do: 'produce', topic: 'orders', values: ['C'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'first', consumer: 'ann', count: 1 },
    { do: 'commit', as: 'commit', consumer: 'ann' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    expired: 'reached',
    'kept from now on': 'ok',
    first: ['0@2:C'],
    commit: 'ok',
    committed: 3,
  },
}
