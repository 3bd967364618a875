// Two records with one value: the log has no opinion about what they mean.
import type { Experiment } from '../../types.ts'

export const restartDuplicatesReachTheGroup: Experiment = {
  version: 1,
  id: 'restart-duplicates-reach-the-group',
  title: 'A producer’s duplicate reaches the group',
  source: 'KIP-98; a consumer cannot tell',
  class: 'deterministic',
  topics: { orders: 1 },
  producers: { shop: { topic: 'orders', keys: 'none', settings: {} } },
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
    { do: 'start', who: 'shop' },
    { do: 'send', producer: 'shop', value: 'A' },
    { do: 'crash', who: 'shop' },
    { do: 'restart', who: 'shop' },
    { do: 'send', producer: 'shop', value: 'A' },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'polled', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 2 },
    { do: 'commit', as: 'commit', consumer: 'ann' },
    { do: 'processed', as: 'processed', group: 'billing' },
  ],
  expect: { polled: ['0@0:A', '0@1:A'], commit: 'ok', processed: { 'orders/0': ['A', 'A'] } },
}
