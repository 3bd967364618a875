// It leaves by itself. Its commit names no epoch then, and the group that it has left empty takes it, as it
// would from a simple consumer; with its next poll it joins again.
import type { Experiment } from '../../types.ts'

export const pollIntervalOfTheNewProtocol: Experiment = {
  version: 1,
  id: 'poll-interval-of-the-new-protocol',
  title: 'Too long between two polls, new protocol',
  source: 'KIP-848; AbstractMembershipManager.transitionToStale',
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
        'group.protocol': 'consumer',
        'max.poll.interval.ms': 2000,
        'max.poll.records': 1,
      },
    },
  },
  steps: [
    { do: 'start', who: 'shop' },
    { do: 'send', producer: 'shop', value: 'A' },
    { do: 'send', producer: 'shop', value: 'B' },
    { do: 'start', who: 'ann' },
    { do: 'poll', consumer: 'ann', count: 1, as: 'ann polls' },
    { do: 'wait', ms: 3500 },
    { do: 'commit', consumer: 'ann', as: 'ann commits' },
    { do: 'poll', consumer: 'ann', count: 1, as: 'ann polls again' },
    { do: 'commit', consumer: 'ann', as: 'ann commits again' },
    { do: 'fetchOffsets', group: 'billing', lane: 'orders/0', as: 'committed' },
  ],
  expect: {
    'ann polls': ['0@0:A'],
    'ann commits': 'ok',
    'ann polls again': ['0@1:B'],
    'ann commits again': 'ok',
    committed: 2,
  },
}
