// The protocol sends texts: the broker reads a number out of one, or refuses all that came along with it.
import type { Experiment } from '../../types.ts'

const alter = (as: string, settings: Readonly<Record<string, string | number | boolean>>) =>
  ({ do: 'alterTopic', as, topic: 'orders', settings }) as const

export const settingsAsTheyAreSent: Experiment = {
  version: 1,
  id: 'settings-as-they-are-sent',
  title: 'Settings of a topic are altered by what texts say',
  source: 'ConfigDef.parseType; ControllerConfigurationValidator; KIP-339',
  class: 'deterministic',
  topics: { orders: 1 },
  steps: [
    { do: 'produce', topic: 'orders', values: ['A'] },
    alter('a number as a text', { 'retention.ms': '3600000' }),
    alter('with room around', { 'segment.ms': ' 60000 ' }),
    alter('no number', { 'retention.ms': 'long' }),
    alter('true', { 'retention.ms': true }),
    alter('no whole number', { 'retention.ms': 1.5 }),
    alter('a decimal', { 'min.cleanable.dirty.ratio': '0.7' }),
    alter('out of range', { 'min.cleanable.dirty.ratio': 2 }),
    alter('too small', { 'segment.bytes': '1000' }),
    alter('in capitals', { 'unclean.leader.election.enable': 'TRUE' }),
    alter('neither', { 'unclean.leader.election.enable': 'yes' }),
    alter('of its making', { 'replication.factor': 1 }),
    alter('of its making too', { partitions: 2 }),
    alter('right and wrong', { 'cleanup.policy': 'compact', 'retention.ms': 'long' }),
    { do: 'wait', ms: 1000 },
    { do: 'deleteRecords', as: 'still deletes', topic: 'orders', before: 1 },
    alter('compacted', { 'cleanup.policy': 'compact' }),
    { do: 'wait', ms: 1000 },
    { do: 'deleteRecords', as: 'deletes no more', topic: 'orders', before: 1 },
  ],
  expect: {
    'a number as a text': 'ok',
    'with room around': 'ok',
    'no number': 'INVALID_CONFIG',
    true: 'INVALID_CONFIG',
    'no whole number': 'INVALID_CONFIG',
    'a decimal': 'ok',
    'out of range': 'INVALID_CONFIG',
    'too small': 'INVALID_CONFIG',
    'in capitals': 'ok',
    neither: 'INVALID_CONFIG',
    'of its making': 'INVALID_CONFIG',
    'of its making too': 'INVALID_CONFIG',
    'right and wrong': 'INVALID_CONFIG',
    'still deletes': 1,
    compacted: 'ok',
    'deletes no more': 'POLICY_VIOLATION',
  },
}
