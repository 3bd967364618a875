// What was there before the group first asked is not for it.
import type { Experiment } from '../../types.ts'

export const newGroupAtLatest: Experiment = {
  version: 1,
  id: 'new-group-at-latest',
  title: 'A new group begins at the end',
  row: 'K26',
  source: 'auto.offset.reset',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'latest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C'] },
    { do: 'start', who: 'ann' },
    { do: 'join', consumers: ['ann'] },
    { do: 'poll', as: 'old records', consumer: 'ann', count: 1, withinMs: 1500 },
    { do: 'produce', topic: 'orders', values: ['D'] },
    { do: 'poll', as: 'new record', consumer: 'ann', count: 1 },
  ],
  expect: { 'old records': [], 'new record': ['0@3:D'] },
}
