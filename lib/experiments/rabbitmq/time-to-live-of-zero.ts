// A time to live of 0: to a consumer that is ready, or to nobody.
import type { Experiment } from './types.ts'

export const timeToLiveOfZero: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'time-to-live-of-zero',
  title: 'expiration 0',
  row: 'R72',
  source: 'rabbitmq.com/docs/ttl; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A'], expiration: '0' },
    { do: 'count', as: 'without', queue: 'Q' },
    { do: 'qos', channel: 'c1', count: 5 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'publish', queue: 'Q', bodies: ['B'], expiration: '0' },
    { do: 'seen', as: 'with', consumers: ['c1'] },
  ],
  expect: { all: { without: { ready: 0, consumers: 0 }, with: 'B' } },
}
