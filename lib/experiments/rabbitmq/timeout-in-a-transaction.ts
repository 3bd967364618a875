// 4.0 no longer counts what a transaction has settled; a quorum queue of 4.3 does until the commit.
import type { Experiment } from './types.ts'

export const timeoutInATransaction: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'timeout-in-a-transaction',
  title: 'consumer_timeout in a transaction',
  source: 'rabbit_channel: ack of a transactional channel; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  consumerTimeoutMs: 2000,
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
      do: 'open',
      channel: 'c1',
      plain: true,
    },
    {
      do: 'tx',
      channel: 'c1',
      how: 'select',
    },
    {
      do: 'get',
      as: 'fetched',
      channel: 'c1',
      queue: 'Q',
    },
    {
      do: 'settle',
      channel: 'c1',
      how: 'ack',
      body: 'A',
    },
    {
      do: 'wait',
      ms: 6000,
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
      fetched: 'A',
      events: [],
      next: 'B',
    },
    '4.3/quorum': {
      events: [
        'closed 406 PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: -1 ms. This timeout value can be configured, see consumers doc guide to learn more',
      ],
      next: 'A!{ac1} B',
    },
  },
}
