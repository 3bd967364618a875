// With a larger prefetch the split is even, however slow one of the two is.
import type { Experiment } from './types.ts'

export const prefetchFiveSplitsEvenly: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'prefetch-five-splits-evenly',
  title: 'A slow and a fast consumer, prefetch 5',
  row: 'R15b',
  source: 'rabbitmq.com/docs/consumer-prefetch; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'qos', channel: 'slow', count: 5 },
    { do: 'qos', channel: 'fast', count: 5 },
    {
      do: 'consume',
      channel: 'slow',
      queue: 'Q',
      consumer: 'slow',
      handle: { do: 'ack', afterMs: 3000 },
    },
    { do: 'consume', channel: 'fast', queue: 'Q', consumer: 'fast', handle: { do: 'ack' } },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'] },
    { do: 'seen', as: 'slow', consumers: ['slow'] },
    { do: 'seen', as: 'fast', consumers: ['fast'] },
  ],
  expect: { all: { slow: 'A C E G I', fast: 'B D F H J' } },
}
