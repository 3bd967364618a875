// Which partition keyless records stick to is not specified; that one batch of them sticks to one
// partition is.
import type { Experiment } from '../../types.ts'

export const emptyKeyAndNoKey: Experiment = {
  version: 1,
  id: 'empty-key-and-no-key',
  title: 'An empty key is hashed, no key is not',
  row: 'K02',
  source: 'KafkaProducer.partition; KIP-794',
  class: 'deterministic',
  topics: { orders: 3, returns: 3 },
  producers: {
    keyed: { topic: 'orders', keys: 'key', settings: {} },
    keyless: { topic: 'returns', keys: 'none', settings: { 'linger.ms': 500 } },
  },
  steps: [
    { do: 'start', who: 'keyed' },
    { do: 'send', as: 'empty key', producer: 'keyed', key: '', value: 'A' },
    { do: 'send', as: 'again', producer: 'keyed', key: '', value: 'B' },
    { do: 'start', who: 'keyless' },
    { do: 'send', producer: 'keyless', value: 'C', later: true },
    { do: 'send', producer: 'keyless', value: 'D', later: true },
    { do: 'send', producer: 'keyless', value: 'E', later: true },
    { do: 'flush', producer: 'keyless' },
    { do: 'spread', as: 'partitions used without a key', topic: 'returns' },
  ],
  expect: { 'empty key': '0@0', again: '0@1', 'partitions used without a key': 1 },
}
