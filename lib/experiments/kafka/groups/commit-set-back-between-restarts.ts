// A group without members can be set back from outside; whoever joins next begins there.
import type { Experiment } from '../../types.ts'

export const commitSetBackBetweenRestarts: Experiment = {
  version: 1,
  id: 'commit-set-back-between-restarts',
  title: 'A group set back between two runs of its member',
  source: 'kafka-consumer-groups.sh --reset-offsets; OffsetMetadataManager.validateOffsetCommit',
  class: 'deterministic',
  topics: { orders: 1 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: { 'auto.offset.reset': 'earliest', 'enable.auto.commit': false },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C', 'D'] },
    { do: 'start', who: 'ann' },
    { do: 'poll', as: 'first run', consumer: 'ann', count: 4 },
    { do: 'commit', consumer: 'ann' },
    { do: 'commitOffsets', as: 'while she is there', group: 'billing', offsets: { 'orders/0': 1 } },
    { do: 'close', consumer: 'ann' },
    { do: 'commitOffsets', as: 'when she has left', group: 'billing', offsets: { 'orders/0': 2 } },
    { do: 'restart', who: 'ann' },
    { do: 'poll', as: 'second run', consumer: 'ann', count: 2 },
    { do: 'crash', who: 'ann' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    'first run': ['0@0:A', '0@1:B', '0@2:C', '0@3:D'],
    'while she is there': 'UNKNOWN_MEMBER_ID',
    'when she has left': 'ok',
    'second run': ['0@2:C', '0@3:D'],
    committed: 2,
  },
}
