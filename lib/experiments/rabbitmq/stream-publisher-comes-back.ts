// The last publishing id outlives its connection; another publisher has its own; who has no name has none.
import type { Experiment } from './types.ts'

export const streamPublisherComesBack: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'stream-publisher-comes-back',
  title: 'A publisher of a stream connects again; another one; an anonymous one',
  source: 'rabbitmq.com/docs/streams: deduplication; measured',
  class: 'deterministic',
  types: ['stream'],
  steps: [
    { do: 'declareQueue', queue: 'S' },
    { do: 'publishNumbered', queue: 'S', publisher: 'p', messages: [{ id: 10, body: 'A' }] },
    {
      do: 'publishNumbered',
      as: 'back',
      queue: 'S',
      publisher: 'p',
      messages: [
        { id: 10, body: 'A again' },
        { id: 11, body: 'B' },
      ],
    },
    {
      do: 'publishNumbered',
      as: 'another',
      queue: 'S',
      publisher: 'q',
      messages: [{ id: 1, body: 'C' }],
    },
    {
      do: 'publishNumbered',
      as: 'anonymous',
      queue: 'S',
      messages: [
        { id: 1, body: 'D' },
        { id: 1, body: 'D again' },
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
      back: '10 A again:ack, 11 B:ack',
      another: '1 C:ack',
      anonymous: '1 D:ack, 1 D again:ack',
      kept: 'A@0 B@1 C@2 D@3 D again@4',
    },
  },
}
