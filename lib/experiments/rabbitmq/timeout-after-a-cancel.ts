// What a consumer leaves behind is kept too long as well; 4.3 has nobody to cancel and closes the channel, too.
import type { Experiment } from './types.ts'

export const timeoutAfterACancel: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'timeout-after-a-cancel',
  title: 'consumer_timeout after a cancel',
  source: 'rabbit_channel: evaluate_consumer_timeout (4.0), released (4.3); measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  consumerTimeoutMs: 4000,
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B'],
    },
    {
      do: 'qos',
      channel: 'c1',
      count: 1,
    },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
    },
    {
      do: 'seen',
      as: 'seen',
      consumers: ['c1'],
    },
    {
      do: 'cancel',
      channel: 'c1',
      consumer: 'c1',
    },
    {
      do: 'wait',
      ms: 8000,
    },
    {
      do: 'events',
      as: 'events',
      channel: 'c1',
    },
    {
      do: 'drain',
      as: 'next',
      queue: 'Q',
    },
  ],
  expect: {
    all: {
      seen: 'A',
    },
    '4.3/classic': {
      events: [],
      next: 'B',
    },
    '4.3/quorum': {
      events: [
        'closed 406 PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: -1 ms. This timeout value can be configured, see consumers doc guide to learn more',
      ],
      next: 'A!{ac1} B',
    },
    '4.0': {
      events: [
        'closed 406 PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: 4000 ms. This timeout value can be configured, see consumers doc guide to learn more',
      ],
    },
    '4.0/classic': {
      next: 'A! B',
    },
    '4.0/quorum': {
      next: 'A!{dc1} B',
    },
  },
}
