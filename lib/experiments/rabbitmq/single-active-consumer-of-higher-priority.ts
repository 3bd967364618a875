// A quorum queue hands over to a consumer of higher priority once the active one holds nothing.
import type { Experiment } from './types.ts'

export const singleActiveConsumerOfHigherPriority: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'single-active-consumer-of-higher-priority',
  title: 'A consumer of higher priority joins a single active consumer',
  row: 'R67',
  source: 'rabbitmq.com/docs/consumers 4.0; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q', arguments: { 'x-single-active-consumer': true } },
    { do: 'qos', channel: 'lo', count: 2 },
    { do: 'qos', channel: 'hi', count: 2 },
    {
      do: 'consume',
      channel: 'lo',
      queue: 'Q',
      consumer: 'lo',
      arguments: { 'x-priority': 1 },
    },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    {
      do: 'consume',
      channel: 'hi',
      queue: 'Q',
      consumer: 'hi',
      arguments: { 'x-priority': 10 },
      handle: { do: 'ack' },
    },
    { do: 'publish', queue: 'Q', bodies: ['B', 'C'] },
    { do: 'seen', as: 'while held', consumers: ['lo', 'hi'] },
    { do: 'settle', channel: 'lo', how: 'ack', body: 'A' },
    { do: 'seen', as: 'drained', consumers: ['lo', 'hi'] },
  ],
  expect: {
    classic: { 'while held': 'lo:A lo:B', drained: 'lo:C' },
    quorum: { 'while held': 'lo:A', drained: 'hi:B hi:C' },
  },
}
