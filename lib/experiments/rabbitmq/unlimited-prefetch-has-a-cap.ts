// A consumer without a prefetch count is sent two thousand at most by a quorum queue, and all there is by a classic one.
import type { Experiment, Step } from './types.ts'

const HUNDREDS = 21
const publishes = Array.from(
  { length: HUNDREDS },
  (_, i): Step => ({
    do: 'publish',
    queue: 'Q',
    bodies: Array.from({ length: 100 }, (_, n) => `m${i * 100 + n}`),
  }),
)

export const unlimitedPrefetchHasACap: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'unlimited-prefetch-has-a-cap',
  title: 'No prefetch count, and how many that is',
  source:
    'rabbitmq.com/docs/quorum-queues: prefetch of at most 2000; rabbit_quorum_queue; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    ...publishes,
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', as: 'sent', consumers: ['c1'], show: 'count' },
    { do: 'count', as: 'left', queue: 'Q' },
  ],
  expect: {
    classic: { sent: 2100, left: { ready: 0, consumers: 1 } },
    quorum: { sent: 2000, left: { ready: 100, consumers: 1 } },
  },
}
