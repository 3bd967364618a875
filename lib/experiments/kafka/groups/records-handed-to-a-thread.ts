// The poll commits what it returned before, whether or not the other thread has done it: A and B
// are lost.
import type { Experiment } from '../../types.ts'

export const recordsHandedToAThread: Experiment = {
  version: 1,
  id: 'records-handed-to-a-thread',
  title: 'Records handed to a thread, with automatic commits',
  row: 'K24',
  source: 'KafkaConsumer.poll; auto.commit.interval.ms',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': true,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 500,
        'auto.commit.interval.ms': 1000,
        'max.poll.records': 2,
      },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C', 'D'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'handed over', consumer: 'ann', count: 2 },
    { do: 'wait', ms: 1500 },
    { do: 'poll', as: 'next', consumer: 'ann', count: 2 },
    { do: 'wait', ms: 500 },
    { do: 'crash', who: 'ann' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
    { do: 'restart', who: 'ann' },
    { do: 'poll', as: 'after', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 2 },
    { do: 'processed', as: 'processed', group: 'billing' },
  ],
  expect: {
    'handed over': ['0@0:A', '0@1:B'],
    next: ['0@2:C', '0@3:D'],
    committed: 2,
    after: ['0@2:C', '0@3:D'],
    processed: { 'orders/0': ['C', 'D'] },
  },
}
