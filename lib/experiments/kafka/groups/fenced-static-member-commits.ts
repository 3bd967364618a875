// A heartbeat has told it before: it is no member any more, so its commit is not even asked for.
import type { Experiment } from '../../types.ts'

export const fencedStaticMemberCommits: Experiment = {
  version: 1,
  id: 'fenced-static-member-commits',
  title: 'A fenced static member commits in vain',
  source: 'KIP-345; ConsumerCoordinator.OffsetCommitResponseHandler',
  class: 'deterministic',
  topics: { orders: 1 },
  producers: { shop: { topic: 'orders', keys: 0, settings: {} } },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'group.instance.id': 'till',
        'partition.assignment.strategy': 'RangeAssignor',
      },
    },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'group.instance.id': 'till',
        'partition.assignment.strategy': 'RangeAssignor',
      },
    },
  },
  steps: [
    { do: 'start', who: 'shop' },
    { do: 'send', producer: 'shop', value: 'A' },
    { do: 'send', producer: 'shop', value: 'B' },
    { do: 'start', who: 'ann' },
    { do: 'poll', consumer: 'ann', count: 2, as: 'ann polls' },
    { do: 'start', who: 'bob' },
    { do: 'join', consumers: ['bob'], as: 'bob' },
    { do: 'commit', consumer: 'ann', as: 'ann commits' },
    { do: 'poll', consumer: 'bob', count: 2, as: 'bob polls' },
    { do: 'commit', consumer: 'bob', as: 'bob commits' },
    { do: 'fetchOffsets', group: 'billing', lane: 'orders/0', as: 'committed' },
  ],
  expect: {
    'ann polls': ['0@0:A', '0@1:B'],
    bob: { bob: { has: ['orders/0'], revoked: [] } },
    'ann commits': 'CommitFailedException',
    'bob polls': ['0@0:A', '0@1:B'],
    'bob commits': 'ok',
    committed: 2,
  },
}
