// A consumer alone that sends a message back is given it again at once: nothing else gets its turn.
import type { Experiment } from './types.ts'

export const nackLoopOfOneConsumer: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'nack-loop-of-one-consumer',
  title: 'One consumer nacks the same message three times',
  row: 'R07',
  source: 'rabbitmq.com/docs/nack: requeue loops; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C'] },
    { do: 'qos', channel: 'c1', count: 1 },
    {
      do: 'consume',
      channel: 'c1',
      queue: 'Q',
      consumer: 'c1',
      handle: { do: 'nack', only: ['A'], times: 3 },
    },
    { do: 'seen', as: 'seen', consumers: ['c1'] },
  ],
  expect: {
    classic: { seen: 'A A! A! A! B C' },
    '4.3/quorum': { seen: 'A A!{ac1} A!{ac2} A!{ac3} B C' },
    '4.0/quorum': { seen: 'A A!{dc1} A!{dc2} A!{dc3} B C' },
  },
}
