// One record too few: it is read once more at every start.
import type { Experiment } from '../../types.ts'

export const lastOffsetCommitted: Experiment = {
  version: 1,
  id: 'last-offset-committed',
  title: 'The last offset committed instead of the next',
  row: 'K25',
  source: 'The committed offset is the NEXT to be read',
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
    { do: 'commitOffsets', as: 'last offset', group: 'billing', offsets: { 'orders/0': 2 } },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'read again', consumer: 'ann', count: 1 },
  ],
  expect: { 'last offset': 'ok', 'read again': ['0@2:C'] },
}
