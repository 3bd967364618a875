// acks=all is refused before anything is appended; the ISR is the leader alone.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const bothFollowersDown: Experiment = {
  version: 1,
  id: 'both-followers-down',
  title: 'Both followers are down',
  row: 'K33',
  source: 'Partition.appendRecordsToLeader: NOT_ENOUGH_REPLICAS, before anything is appended',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes({ 'min.insync.replicas': 2 }),
  steps: [
    { do: 'produce', as: 'three', topic: 'orders', values: ['A'] },
    { do: 'killNode', node: { followerOf: 'orders/0', nth: 1 } },
    { do: 'killNode', node: { followerOf: 'orders/0', nth: 2 } },
    { do: 'awaitIsr', topic: 'orders', count: 1 },
    { do: 'wait', ms: 1000 },
    { do: 'produce', as: 'alone', topic: 'orders', values: ['B'], acks: 'all' },
    { do: 'describePartition', as: 'then', topic: 'orders' },
  ],
  expect: {
    three: 'ok@0',
    alone: 'NOT_ENOUGH_REPLICAS',
    then: {
      leader: 'broker-0',
      isr: ['broker-0'],
      highWatermark: 1,
      ends: { 'broker-0': 1 },
    },
  },
}
