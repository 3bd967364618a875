// A poll commits what the polls before it returned, never what it returns itself.
import type { Experiment } from '../../types.ts'

export const automaticCommitInsideTheNextPoll: Experiment = {
  version: 1,
  id: 'automatic-commit-inside-the-next-poll',
  title: 'Automatic commits: the next poll commits the last',
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
    { do: 'poll', as: 'first', consumer: 'ann', count: 2 },
    { do: 'process', consumer: 'ann', count: 2 },
    { do: 'wait', ms: 1500 },
    { do: 'poll', as: 'second', consumer: 'ann', count: 2 },
    { do: 'wait', ms: 500 },
    { do: 'process', consumer: 'ann', count: 1 },
    { do: 'crash', who: 'ann' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
    { do: 'restart', who: 'ann' },
    { do: 'poll', as: 'after', consumer: 'ann', count: 2 },
  ],
  expect: {
    first: ['0@0:A', '0@1:B'],
    second: ['0@2:C', '0@3:D'],
    committed: 2,
    after: ['0@2:C', '0@3:D'],
  },
}
