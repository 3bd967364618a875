// Since 4.3 what is fetched is timed as the queue says.
import type { Experiment } from './types.ts'

export const fetchedAndATimeoutOfItsOwn: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'fetched-and-a-timeout-of-its-own',
  title: 'x-consumer-timeout and basic.get',
  source: 'rabbit_queue_type 4.3: dequeue; measured',
  class: 'deterministic',
  types: ['quorum'],
  versions: ['4.3'],
  consumerTimeoutMs: 60000,
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-consumer-timeout': 2000,
      },
    },
    {
      do: 'publish',
      queue: 'Q',
      bodies: ['A', 'B'],
    },
    {
      do: 'get',
      as: 'fetched',
      channel: 'c1',
      queue: 'Q',
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
      events: [
        'closed 406 PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: -1 ms. This timeout value can be configured, see consumers doc guide to learn more',
      ],
      next: 'A!{ac1} B',
    },
  },
}
