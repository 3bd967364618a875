// The broker has to write it down first; new records overtake it.
import type { Experiment } from '../../types.ts'

export const shareReleasedWithAPoll: Experiment = {
  version: 1,
  id: 'share-released-with-a-poll',
  title: 'What a poll gives back does not come with that poll',
  source: 'KafkaApis.handleShareFetchRequest; InFlightState.hasOngoingStateTransition',
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
    { do: 'produce', topic: 'orders', values: ['A'] },
    { do: 'shareStart', consumer: 'ann' },
    { do: 'sharePoll', as: 'first', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'RELEASE' },
    { do: 'produce', topic: 'orders', values: ['B'] },
    { do: 'sharePoll', as: 'second', consumer: 'ann' },
    { do: 'shareAcknowledge', consumer: 'ann', type: 'ACCEPT' },
    { do: 'sharePoll', as: 'third', consumer: 'ann' },
  ],
  expect: { first: ['0@0:A#1'], second: ['0@1:B#1'], third: ['0@0:A#2'] },
}
