// The watermark is frozen, so the answer is a timeout; the record stays in the log.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const isrShrinksAfterTheAppend: Experiment = {
  version: 1,
  id: 'isr-shrinks-after-the-append',
  title: 'The ISR falls below the minimum after the append',
  source: 'DelayedProduce, Partition.checkEnoughReplicasReachOffset; KIP-966',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes({ 'min.insync.replicas': 3 }),
  steps: [
    { do: 'produce', as: 'first', topic: 'orders', values: ['A'] },
    { do: 'wait', ms: 1000 },
    { do: 'pauseNode', node: 2 },
    { do: 'wait', ms: 1000 },
    { do: 'produce', as: 'second', topic: 'orders', values: ['B'], acks: 'all', later: true },
    { do: 'awaitIsr', topic: 'orders', count: 2 },
    { do: 'await', as: 'answered', step: 'second' },
    { do: 'produce', as: 'third', topic: 'orders', values: ['C'], acks: 'all' },
    { do: 'describePartition', as: 'then', topic: 'orders' },
  ],
  expect: {
    first: 'ok@0',
    answered: 'REQUEST_TIMED_OUT',
    third: 'NOT_ENOUGH_REPLICAS',
    then: {
      leader: 'broker-0',
      isr: ['broker-0', 'broker-1'],
      highWatermark: 1,
      ends: { 'broker-0': 2, 'broker-1': 2 },
    },
  },
}
