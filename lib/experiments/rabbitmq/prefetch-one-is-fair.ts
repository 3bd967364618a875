// With prefetch 1 a fast consumer takes over what a slow one cannot do.
import type { Experiment } from './types.ts'

export const prefetchOneIsFair: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'prefetch-one-is-fair',
  title: 'A slow and a fast consumer, prefetch 1',
  row: 'R15',
  source: 'rabbitmq.com/tutorials: fair dispatch; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'qos', channel: 'slow', count: 1 },
    { do: 'qos', channel: 'fast', count: 1 },
    {
      do: 'consume',
      channel: 'slow',
      queue: 'Q',
      consumer: 'slow',
      handle: { do: 'ack', afterMs: 3000 },
    },
    { do: 'consume', channel: 'fast', queue: 'Q', consumer: 'fast', handle: { do: 'ack' } },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] },
    { do: 'seen', as: 'slow', consumers: ['slow'] },
    { do: 'seen', as: 'fast', consumers: ['fast'] },
  ],
  expect: { all: { slow: 'A', fast: 'B C D E F G H' } },
}
