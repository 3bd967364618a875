// What was polled is committed before it is given up, so that the next owner goes on behind it.
import type { Experiment } from '../../types.ts'

export const commitBeforeItIsRevoked: Experiment = {
  version: 1,
  id: 'commit-before-it-is-revoked',
  title: 'Automatic commits before a hand-over, new protocol',
  source: 'ConsumerMembershipManager.signalReconciliationStarted',
  class: 'deterministic',
  topics: { orders: 2 },
  producers: {
    shop: { topic: 'orders', keys: 0, settings: {} },
    shop1: { topic: 'orders', keys: 1, settings: {} },
  },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': true,
        'group.protocol': 'consumer',
        'auto.commit.interval.ms': 600000,
      },
    },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': true,
        'group.protocol': 'consumer',
        'auto.commit.interval.ms': 600000,
      },
    },
  },
  steps: [
    { do: 'start', who: 'shop' },
    { do: 'start', who: 'shop1' },
    { do: 'send', producer: 'shop', value: 'A' },
    { do: 'send', producer: 'shop1', value: 'X' },
    { do: 'start', who: 'ann' },
    { do: 'poll', consumer: 'ann', count: 2, as: 'ann polls' },
    { do: 'start', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'both' },
    { do: 'fetchOffsets', group: 'billing', lane: 'orders/1', as: 'committed' },
    { do: 'send', producer: 'shop1', value: 'Y' },
    { do: 'poll', consumer: 'bob', count: 1, as: 'bob polls' },
  ],
  expect: {
    'ann polls': ['0@0:A', '1@0:X'],
    both: {
      ann: { has: ['orders/0'], revoked: ['orders/1'] },
      bob: { has: ['orders/1'], revoked: [] },
    },
    committed: 1,
    'bob polls': ['1@1:Y'],
  },
}
