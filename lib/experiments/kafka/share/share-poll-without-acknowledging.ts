// A commit of some of them does not help.
import type { Experiment } from '../../types.ts'

export const sharePollWithoutAcknowledging: Experiment = {
  version: 1,
  id: 'share-poll-without-acknowledging',
  title: 'Explicit mode: no poll before all is acknowledged',
  source: 'share.acknowledgement.mode=explicit; ShareConsumerImpl.poll',
  class: 'deterministic',
  topics: { orders: 1 },
  shareGroups: {
    billing: { 'share.auto.offset.reset': 'earliest', 'share.record.lock.duration.ms': 30000 },
  },
  shareConsumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: { 'share.acknowledgement.mode': 'explicit' },
    },
  },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'first', consumer: 'ann' },
    {
      do: 'shareAcknowledge',
      as: 'accept A',
      consumer: 'ann',
      type: 'ACCEPT',
      values: ['A'],
    },
    { do: 'sharePoll', as: 'B is open', consumer: 'ann' },
    { do: 'shareCommit', as: 'commit', consumer: 'ann' },
    { do: 'sharePoll', as: 'B is open still', consumer: 'ann' },
    {
      do: 'shareAcknowledge',
      as: 'A is told already',
      consumer: 'ann',
      type: 'ACCEPT',
      values: ['A'],
    },
    {
      do: 'shareAcknowledge',
      as: 'accept B',
      consumer: 'ann',
      type: 'ACCEPT',
      values: ['B'],
    },
    { do: 'sharePoll', as: 'now', consumer: 'ann', withinMs: 2500 },
  ],
  expect: {
    first: ['0@0:A#1', '0@1:B#1'],
    'accept A': 'ok',
    'B is open': 'IllegalStateException',
    commit: 'ok',
    'B is open still': 'IllegalStateException',
    'A is told already': 'IllegalStateException',
    'accept B': 'ok',
    now: [],
  },
}
