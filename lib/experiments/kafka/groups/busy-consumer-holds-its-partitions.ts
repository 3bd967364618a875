// Its commits go through meanwhile, and who waits for its partitions gets nothing yet: it stops nobody else.
import type { Experiment } from '../../types.ts'

export const busyConsumerHoldsItsPartitions: Experiment = {
  version: 1,
  id: 'busy-consumer-holds-its-partitions',
  title: 'A busy consumer gives up when it polls',
  source: 'KIP-848; AbstractMembershipManager.revokeAndAssign',
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
        'enable.auto.commit': false,
        'group.protocol': 'consumer',
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
    { do: 'start', who: 'shop1' },
    { do: 'send', producer: 'shop', value: 'A' },
    { do: 'send', producer: 'shop', value: 'B' },
    { do: 'send', producer: 'shop1', value: 'X' },
    { do: 'start', who: 'ann' },
    { do: 'poll', consumer: 'ann', count: 3, as: 'ann polls' },
    { do: 'start', who: 'bob' },
    { do: 'poll', consumer: 'bob', count: 1, withinMs: 2000, as: 'bob polls' },
    { do: 'commit', consumer: 'ann', as: 'ann commits' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'both' },
    { do: 'fetchOffsets', group: 'billing', lane: 'orders/1', as: 'committed' },
    { do: 'send', producer: 'shop1', value: 'Y' },
    { do: 'poll', consumer: 'bob', count: 1, as: 'bob goes on' },
  ],
  expect: {
    'ann polls': ['0@0:A', '0@1:B', '1@0:X'],
    'bob polls': [],
    'ann commits': 'ok',
    both: {
      ann: { has: ['orders/0'], revoked: ['orders/1'] },
      bob: { has: ['orders/1'], revoked: [] },
    },
    committed: 1,
    'bob goes on': ['1@1:Y'],
  },
}
