// A committed offset outlives the records it names. A group that stands below the start of the log goes where
// auto.offset.reset sends it; with "none" its application is told.
import type { Experiment } from '../../types.ts'

const consumer = (group: string, reset: string) => ({
  group,
  topic: 'orders',
  settings: { 'auto.offset.reset': reset, 'enable.auto.commit': false },
})

export const expiredOffsetResets: Experiment = {
  version: 1,
  id: 'expired-offset-resets',
  title: 'A group whose offset has expired',
  source: 'OFFSET_OUT_OF_RANGE; auto.offset.reset',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: {
    ann: consumer('early', 'earliest'),
    bob: consumer('late', 'latest'),
    cid: consumer('strict', 'none'),
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C', 'D'] },
    { do: 'commitOffsets', group: 'early', offsets: { 'orders/0': 1 } },
    { do: 'commitOffsets', group: 'late', offsets: { 'orders/0': 1 } },
    { do: 'commitOffsets', group: 'strict', offsets: { 'orders/0': 1 } },
    { do: 'deleteRecords', as: 'start', topic: 'orders', before: 3 },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'earliest', consumer: 'ann', count: 1 },
    { do: 'start', who: 'bob' },
    { do: 'join', consumers: ['bob'] },
    { do: 'poll', consumer: 'bob', count: 1, withinMs: 4000 },
    { do: 'start', who: 'cid' },
    { do: 'poll', as: 'none', consumer: 'cid', count: 1, withinMs: 6000 },
    { do: 'produce', topic: 'orders', values: ['E'] },
    { do: 'poll', as: 'latest', consumer: 'bob', count: 1 },
    { do: 'fetchOffsets', as: 'committed', group: 'early', lane: 'orders/0' },
  ],
  expect: {
    start: 3,
    earliest: ['0@3:D'],
    none: 'OffsetOutOfRangeException',
    latest: ['0@4:E'],
    committed: 1,
  },
}
