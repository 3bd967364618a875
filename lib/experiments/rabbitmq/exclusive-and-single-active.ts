// A classic queue refuses the first exclusive consumer already.
import type { Experiment } from './types.ts'

export const exclusiveAndSingleActive: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'exclusive-and-single-active',
  title: 'exclusive beside a single active consumer',
  source: 'rabbitmq.com/docs/consumers: single active consumer',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    {
      do: 'declareQueue',
      queue: 'Q',
      arguments: {
        'x-single-active-consumer': true,
      },
    },
    {
      do: 'consume',
      as: 'exclusive',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
      exclusive: true,
    },
    {
      do: 'consume',
      as: 'plain',
      channel: 'c2',
      queue: 'Q',
      consumer: 'c2',
    },
  ],
  expect: {
    classic: {
      exclusive: "403 ACCESS_REFUSED - queue 'Q' in vhost '/' in exclusive use",
    },
    quorum: {
      exclusive: 'ok',
    },
    all: {
      plain: 'ok',
    },
  },
}
