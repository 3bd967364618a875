// A partition is written to before the group hears of it. At "latest" the group begins at its end, and what
// was written meanwhile is never read: the trap of adding partitions.
import type { Experiment } from '../../types.ts'

const consumer = (group: string, reset: string) => ({
  group,
  topic: 'orders',
  settings: {
    'auto.offset.reset': reset,
    'enable.auto.commit': false,
    'metadata.max.age.ms': 4000,
  },
})

export const newPartitionAtLatest: Experiment = {
  version: 1,
  id: 'new-partition-at-latest',
  title: 'Records in a partition that the group does not know yet',
  source: 'auto.offset.reset is asked per partition; metadata.max.age.ms',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: { ann: consumer('late', 'latest'), bob: consumer('early', 'earliest') },
  steps: [
    { do: 'start', who: 'ann' },
    { do: 'start', who: 'bob' },
    { do: 'join', as: 'ann before', consumers: ['ann'] },
    { do: 'join', consumers: ['bob'] },
    { do: 'addPartitions', topic: 'orders', partitions: 2 },
    { do: 'produce', topic: 'orders', partition: 1, values: ['A'] },
    { do: 'join', as: 'ann after', consumers: ['ann'] },
    { do: 'join', as: 'bob after', consumers: ['bob'] },
    { do: 'produce', topic: 'orders', partition: 1, values: ['B'] },
    { do: 'poll', as: 'at latest', consumer: 'ann', count: 1 },
    { do: 'poll', as: 'at earliest', consumer: 'bob', count: 2 },
  ],
  expect: {
    'ann before': { ann: { has: ['orders/0'], revoked: [] } },
    'ann after': { ann: { has: ['orders/0', 'orders/1'], revoked: ['orders/0'] } },
    'bob after': { bob: { has: ['orders/0', 'orders/1'], revoked: ['orders/0'] } },
    'at latest': ['1@1:B'],
    'at earliest': ['1@0:A', '1@1:B'],
  },
}
