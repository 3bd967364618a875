// The other one gets its partitions; the commit of one who has left is that of a stranger.
import type { Experiment } from '../../types.ts'

export const staleConsumerBesideAnother: Experiment = {
  version: 1,
  id: 'stale-consumer-beside-another',
  title: 'Too long between two polls, and somebody else is there',
  source: 'KIP-848; AbstractMembershipManager.transitionToStale',
  class: 'deterministic',
  topics: { orders: 2 },
  producers: { shop: { topic: 'orders', keys: 1, settings: {} } },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'group.protocol': 'consumer',
        'max.poll.interval.ms': 4000,
      },
    },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'group.protocol': 'consumer',
      },
    },
  },
  steps: [
    { do: 'start', who: 'shop' },
    { do: 'send', producer: 'shop', value: 'A' },
    { do: 'start', who: 'ann' },
    { do: 'start', who: 'bob' },
    { do: 'poll', consumer: 'ann', count: 1, as: 'ann polls' },
    { do: 'join', consumers: ['bob'], as: 'bob', withinMs: 15000 },
    { do: 'commit', consumer: 'ann', as: 'ann commits' },
    { do: 'poll', consumer: 'bob', count: 1, as: 'bob polls' },
    { do: 'commit', consumer: 'bob', as: 'bob commits' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'both' },
  ],
  expect: {
    'ann polls': ['1@0:A'],
    bob: { bob: { has: ['orders/0', 'orders/1'], revoked: [] } },
    'ann commits': 'CommitFailedException',
    'bob polls': ['1@0:A'],
    'bob commits': 'ok',
    both: {
      ann: { has: ['orders/1'], revoked: ['orders/0', 'orders/1'] },
      bob: { has: ['orders/0'], revoked: ['orders/1'] },
    },
  },
}
