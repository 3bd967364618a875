// The commit is taken unread; the fetch is out of range, and the reset policy decides.
import type { Experiment } from '../../types.ts'

export const committedBeyondTheEnd: Experiment = {
  version: 1,
  id: 'committed-beyond-the-end',
  title: 'An offset committed beyond the end',
  source: 'OFFSET_OUT_OF_RANGE; auto.offset.reset',
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
    { do: 'commitOffsets', as: 'ten', group: 'billing', offsets: { 'orders/0': 10 } },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'read', consumer: 'ann', count: 3 },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: { ten: 'ok', read: ['0@0:A', '0@1:B', '0@2:C'], committed: 10 },
}
