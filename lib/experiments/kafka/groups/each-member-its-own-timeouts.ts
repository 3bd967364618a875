// Each member tells its own session and for how long a rebalance is to wait for it: the one that is silent is missed
// after its own session, and a rebalance waits for as long as the most patient of all asks.
import type { Experiment } from '../../types.ts'

const settings = {
  'auto.offset.reset': 'earliest',
  'enable.auto.commit': false,
  'heartbeat.interval.ms': 500,
  'partition.assignment.strategy': 'RangeAssignor',
} as const

export const eachMemberItsOwnTimeouts: Experiment = {
  version: 1,
  id: 'each-member-its-own-timeouts',
  title: 'Members of one group with other timeouts',
  source: 'JoinGroup: session and rebalance timeout; ClassicGroup.rebalanceTimeoutMs: the longest',
  class: 'deterministic',
  topics: { orders: 2 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: { ...settings, 'session.timeout.ms': 30_000, 'max.poll.interval.ms': 8000 },
    },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: { ...settings, 'session.timeout.ms': 6000 },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'start', who: 'ann' },
    { do: 'join', consumers: ['ann'], as: 'ann alone' },
    { do: 'start', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'both' },
    { do: 'crash', who: 'bob' },
    { do: 'wait', ms: 1000 },
    { do: 'poll', as: 'ann polls', consumer: 'ann', count: 3, withinMs: 1000 },
    { do: 'wait', ms: 5000 },
    { do: 'join', consumers: ['ann'], as: 'bob is missed' },
    { do: 'restart', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'both again' },
    { do: 'wait', ms: 10_000 },
    { do: 'poll', as: 'ann left, and waits for bob', consumer: 'ann', count: 1, withinMs: 5000 },
    { do: 'join', consumers: ['ann', 'bob'], as: 'at last' },
  ],
  expect: {
    'ann alone': { ann: { has: ['orders/0', 'orders/1'], revoked: [] } },
    both: {
      ann: { has: ['orders/0'], revoked: ['orders/0', 'orders/1'] },
      bob: { has: ['orders/1'], revoked: [] },
    },
    'ann polls': ['0@0:A', '0@1:B'],
    'bob is missed': { ann: { has: ['orders/0', 'orders/1'], revoked: ['orders/0'] } },
    'both again': {
      ann: { has: ['orders/0'], revoked: ['orders/0', 'orders/1'] },
      bob: { has: ['orders/1'], revoked: [] },
    },
    'ann left, and waits for bob': [],
    'at last': {
      ann: { has: ['orders/0'], revoked: [] },
      bob: { has: ['orders/1'], revoked: ['orders/1'] },
    },
  },
}
