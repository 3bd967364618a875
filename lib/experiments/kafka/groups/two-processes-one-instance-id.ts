// The second takes the partitions of the first, which hears of it with a heartbeat and is ended by it.
import type { Experiment } from '../../types.ts'

export const twoProcessesOneInstanceId: Experiment = {
  version: 1,
  id: 'two-processes-one-instance-id',
  title: 'Two processes with one group.instance.id',
  source: 'KIP-345; FencedInstanceIdException',
  class: 'deterministic',
  topics: { orders: 2 },
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
    { do: 'start', who: 'ann' },
    { do: 'join', consumers: ['ann'], as: 'ann' },
    { do: 'start', who: 'bob' },
    { do: 'join', consumers: ['bob'], as: 'bob' },
    { do: 'wait', ms: 1500 },
    { do: 'poll', consumer: 'ann', count: 1, withinMs: 3000, as: 'ann polls' },
    { do: 'send', producer: 'shop', value: 'A' },
    { do: 'poll', consumer: 'bob', count: 1, as: 'bob polls' },
  ],
  expect: {
    ann: { ann: { has: ['orders/0', 'orders/1'], revoked: [] } },
    bob: { bob: { has: ['orders/0', 'orders/1'], revoked: [] } },
    'ann polls': 'FencedInstanceIdException',
    'bob polls': ['0@0:A'],
  },
}
