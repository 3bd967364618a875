// A stream is not emptied by reading; each consumer begins where it says.
import type { Experiment } from './types.ts'

export const streamIsReadAgain: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'stream-is-read-again',
  title: 'A stream from its beginning, its end and an offset',
  row: 'R56',
  source: 'rabbitmq.com/docs/streams; measured',
  class: 'deterministic',
  types: ['stream'],
  steps: [
    { do: 'declareQueue', queue: 'S' },
    { do: 'publish', queue: 'S', bodies: ['A', 'B', 'C'] },
    { do: 'qos', channel: 'c1', count: 10 },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'S',
      consumer: 'first',
      arguments: { 'x-stream-offset': 'first' },
      handle: { do: 'ack' },
    },
    { do: 'seen', as: 'first', consumers: ['first'] },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'S',
      consumer: 'one',
      arguments: { 'x-stream-offset': 1 },
    },
    { do: 'seen', as: 'from 1', consumers: ['one'] },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'S',
      consumer: 'next',
      arguments: { 'x-stream-offset': 'next' },
    },
    { do: 'publish', queue: 'S', bodies: ['D'] },
    { do: 'seen', as: 'next', consumers: ['next'] },
    { do: 'consume', as: 'no prefetch', channel: 'c2', queue: 'S', consumer: 'none' },
  ],
  expect: {
    all: {
      first: 'A@0 B@1 C@2',
      'from 1': 'B@1 C@2',
      next: 'D@3',
      'no prefetch':
        "406 PRECONDITION_FAILED - consumer prefetch count is not set for stream queue 'S' in vhost '/'",
    },
  },
}
