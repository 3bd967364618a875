// The application is told, and has to decide.
import type { Experiment } from '../../types.ts'

export const resetNone: Experiment = {
  version: 1,
  id: 'reset-none',
  title: 'No committed offset and no reset policy',
  source: 'NoOffsetForPartitionException',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'none',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'polled', consumer: 'ann', count: 1 },
  ],
  expect: { polled: 'NoOffsetForPartitionException' },
}
