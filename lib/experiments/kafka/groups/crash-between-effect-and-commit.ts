// The restarted process has a new member id; the group waits for the session of the dead one.
import type { Experiment } from '../../types.ts'

export const crashBetweenEffectAndCommit: Experiment = {
  version: 1,
  id: 'crash-between-effect-and-commit',
  title: 'A crash between the effect and the commit',
  source: 'At least once',
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
        'max.poll.records': 2,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'first', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 2 },
    { do: 'commit', as: 'commit', consumer: 'ann' },
    { do: 'poll', as: 'second', consumer: 'ann', count: 1 },
    { do: 'process', consumer: 'ann', count: 1 },
    { do: 'crash', who: 'ann' },
    { do: 'restart', who: 'ann' },
    { do: 'poll', as: 'after', consumer: 'ann', count: 1 },
    { do: 'process', consumer: 'ann', count: 1 },
    { do: 'processed', as: 'processed', group: 'billing' },
  ],
  expect: {
    first: ['0@0:A', '0@1:B'],
    commit: 'ok',
    second: ['0@2:C'],
    after: ['0@2:C'],
    processed: { 'orders/0': ['A', 'B', 'C', 'C'] },
  },
}
