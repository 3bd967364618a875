// A limit of the whole channel: of classic queues in 4.0; quorum queues refuse it, and 4.3 takes no notice.
import type { Experiment } from './types.ts'

export const globalPrefetch: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'global-prefetch',
  title: 'basic.qos with global',
  row: 'R17',
  source: 'rabbitmq.com/docs/consumer-prefetch; deprecated feature global_qos; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E', 'F'] },
    { do: 'qos', channel: 'c', count: 2, global: true },
    { do: 'consume', as: 'c1', channel: 'c', queue: 'Q', consumer: 'c1' },
    { do: 'consume', as: 'c2', channel: 'c', queue: 'Q', consumer: 'c2' },
    { do: 'seen', as: 'sent', consumers: ['c1', 'c2'], show: 'count' },
  ],
  expect: {
    all: { c1: 'ok', c2: 'ok', sent: 4 },
    '4.0/classic': { sent: 2 },
    '4.0/quorum': {
      c1: "540 NOT_IMPLEMENTED - queue 'Q' in vhost '/' does not support global qos",
      c2: "540 NOT_IMPLEMENTED - queue 'Q' in vhost '/' does not support global qos",
      sent: 0,
    },
  },
}
