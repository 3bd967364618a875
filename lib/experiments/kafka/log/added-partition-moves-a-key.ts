// The same key, another number of partitions: order across the change is lost.
import type { Experiment } from '../../types.ts'

export const addedPartitionMovesAKey: Experiment = {
  version: 1,
  id: 'added-partition-moves-a-key',
  title: 'A fourth partition moves a key',
  row: 'K03',
  source: 'KafkaProducer.partition',
  class: 'deterministic',
  topics: { orders: 3 },
  producers: { shop: { topic: 'orders', keys: 'key', settings: { 'metadata.max.age.ms': 500 } } },
  steps: [
    { do: 'start', who: 'shop' },
    { do: 'send', as: 'before', producer: 'shop', key: 'k0', value: 'A' },
    { do: 'addPartitions', topic: 'orders', partitions: 4 },
    { do: 'wait', ms: 3000 },
    { do: 'send', as: 'after', producer: 'shop', key: 'k0', value: 'B' },
  ],
  expect: { before: '2@0', after: '1@0' },
}
