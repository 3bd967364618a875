// Whoever comes later comes too late, also where the message that lives for no time was not yet at the head.
import type { Experiment } from './types.ts'

export const timeToLiveOfZeroBehindAnother: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'time-to-live-of-zero-behind-another',
  title: 'expiration 0 behind a message that waits',
  source: 'rabbitmq.com/docs/ttl; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'publish', queue: 'Q', bodies: ['B'], expiration: '0' },
    { do: 'publish', queue: 'Q', bodies: ['C'] },
    { do: 'count', as: 'without', queue: 'Q' },
    { do: 'qos', channel: 'c1', count: 5 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', as: 'with', consumers: ['c1'] },
  ],
  expect: { all: { without: { ready: 3, consumers: 0 }, with: 'A C' } },
}
