// The same key from two client libraries is in two partitions, where the number of partitions is no power of
// two: @platformatic/kafka takes the hash without a sign, Java takes the sign bit away.
import type { Experiment } from '../../types.ts'

export const anotherClientsPartitioner: Experiment = {
  version: 1,
  id: 'another-clients-partitioner',
  title: 'The same key by another client',
  row: 'K04',
  source: '@platformatic/kafka, defaultPartitioner; KafkaProducer.partition',
  class: 'deterministic',
  topics: { three: 3, four: 4 },
  producers: {
    java: { topic: 'three', keys: 'key', settings: {} },
    java4: { topic: 'four', keys: 'key', settings: {} },
  },
  steps: [
    { do: 'start', who: 'java' },
    { do: 'send', as: 'java, 3', producer: 'java', key: 'k0', value: 'A' },
    { do: 'platformaticSend', as: 'platformatic, 3', topic: 'three', key: 'k0', value: 'B' },
    { do: 'platformaticSend', as: 'k1, 3', topic: 'three', key: 'k1', value: 'C' },
    { do: 'send', as: 'java, k1, 3', producer: 'java', key: 'k1', value: 'D' },
    { do: 'start', who: 'java4' },
    { do: 'send', as: 'java, 4', producer: 'java4', key: 'k0', value: 'A' },
    { do: 'platformaticSend', as: 'platformatic, 4', topic: 'four', key: 'k0', value: 'B' },
  ],
  expect: {
    'java, 3': '2@0',
    'platformatic, 3': '1@0',
    'k1, 3': '2@1',
    'java, k1, 3': '2@2',
    'java, 4': '1@0',
    'platformatic, 4': '1@1',
  },
}
