// Both have the effects: the fence keeps the commit of the one that was thrown out, not its
// effects.
import type { Experiment } from '../../types.ts'

export const rebalanceWhileProcessing: Experiment = {
  version: 1,
  id: 'rebalance-while-processing',
  title: 'A member joins while another works too long',
  row: 'K27',
  source: 'KIP-62; ConsumerCoordinator',
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
        'max.poll.interval.ms': 4000,
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
        'max.poll.interval.ms': 4000,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'to ann', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 1 },
    { do: 'start', who: 'bob' },
    { do: 'join', as: 'after', consumers: ['bob'] },
    { do: 'poll', as: 'to bob', consumer: 'bob', count: 2 },
    { do: 'process', consumer: 'bob', count: 2 },
    { do: 'commit', as: 'by bob', consumer: 'bob' },
    { do: 'process', consumer: 'ann', count: 1 },
    { do: 'commit', as: 'by ann', consumer: 'ann' },
    { do: 'processed', as: 'processed', group: 'billing' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    'to ann': ['0@0:A', '0@1:B'],
    after: { bob: { has: ['orders/0'], revoked: [] } },
    'to bob': ['0@0:A', '0@1:B'],
    'by bob': 'ok',
    'by ann': 'CommitFailedException',
    processed: { 'orders/0': ['A', 'A', 'B', 'B'] },
    committed: 2,
  },
}
