// A stream keeps the highest publishing id of each named publisher, and drops what is not higher.
import type { Experiment } from './types.ts'

export const streamDeduplicatesByPublisher: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'stream-deduplicates-by-publisher',
  title: 'Publishing ids of a named publisher, 1 2 2 10 4',
  row: 'RS1',
  source: 'rabbitmq.com/docs/streams: deduplication; measured',
  class: 'deterministic',
  types: ['stream'],
  steps: [
    { do: 'declareQueue', queue: 'S' },
    {
      do: 'publishNumbered',
      as: 'confirms',
      queue: 'S',
      publisher: 'p',
      messages: [
        { id: 1, body: 'm1' },
        { id: 2, body: 'm2' },
        { id: 2, body: 'm2 again' },
        { id: 10, body: 'm10' },
        { id: 4, body: 'm4' },
      ],
    },
    { do: 'qos', channel: 'c', count: 10 },
    {
      do: 'consume',
      channel: 'c',
      queue: 'S',
      consumer: 'c',
      arguments: { 'x-stream-offset': 'first' },
      handle: { do: 'ack' },
    },
    { do: 'seen', as: 'kept', consumers: ['c'] },
  ],
  expect: {
    all: {
      confirms: '1 m1:ack, 2 m2:ack, 2 m2 again:ack, 10 m10:ack, 4 m4:ack',
      kept: 'm1@0 m2@1 m10@2',
    },
  },
}
