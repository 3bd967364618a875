// One acknowledgement for all up to it.
import type { Experiment } from './types.ts'

export const acknowledgeMultiple: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'acknowledge-multiple',
  title: 'Acknowledged with multiple, then death',
  row: 'R46',
  source: 'rabbitmq.com/docs/confirms; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'publish', queue: 'Q', bodies: ['A', 'B', 'C', 'D', 'E'] },
    { do: 'qos', channel: 'c1', count: 4 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'seen', consumers: ['c1'] },
    { do: 'settle', channel: 'c1', how: 'ack', body: 'C', multiple: true },
    { do: 'destroy', connection: 'c1' },
    { do: 'drain', as: 'next', queue: 'Q' },
  ],
  expect: {
    classic: { next: 'D! E!' },
    '4.3/quorum': { next: 'D!{dc1,ac1} E!{dc1,ac1}' },
    '4.0/quorum': { next: 'D!{dc1} E!{dc1}' },
  },
}
