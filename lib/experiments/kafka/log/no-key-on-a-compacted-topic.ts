// Compaction could do nothing with a record that has no key: the broker refuses it.
import type { Experiment } from '../../types.ts'

export const noKeyOnACompactedTopic: Experiment = {
  version: 1,
  id: 'no-key-on-a-compacted-topic',
  title: 'A record without a key on a compacted topic',
  source: 'LogValidator.validateKey: INVALID_RECORD',
  class: 'deterministic',
  topics: { users: { partitions: 1, settings: { 'cleanup.policy': 'compact' } } },
  producers: { shop: { topic: 'users', keys: 'none', settings: {} } },
  steps: [
    { do: 'produce', as: 'without', topic: 'users', values: ['A'] },
    { do: 'produce', as: 'with', topic: 'users', keys: ['a'], values: ['A'] },
    { do: 'start', who: 'shop' },
    { do: 'send', as: 'by a client', producer: 'shop', value: 'B' },
    { do: 'alterTopic', as: 'altered', topic: 'users', settings: { 'cleanup.policy': 'delete' } },
    { do: 'send', as: 'then', producer: 'shop', value: 'B' },
    { do: 'fetch', as: 'log', topic: 'users' },
  ],
  expect: {
    without: 'INVALID_RECORD',
    with: 'ok@0',
    'by a client': 'InvalidRecordException',
    altered: 'ok',
    then: '0@1',
    log: ['0:A', '1:B'],
  },
}
