// Whoever survives is given older messages after newer ones, in every type of queue.
import type { Experiment } from './types.ts'

export const survivorSeesOldAfterNew: Experiment = {
  version: 1,
  broker: 'rabbitmq',
  id: 'survivor-sees-old-after-new',
  title: 'What the surviving consumer sees',
  row: 'R50b',
  source: 'rabbitmq.com/docs/semantics; measured',
  class: 'deterministic',
  types: ['classic', 'quorum'],
  steps: [
    { do: 'declareQueue', queue: 'Q' },
    { do: 'qos', channel: 'c1', count: 3 },
    { do: 'qos', channel: 'c2', count: 1 },
    { do: 'consume', channel: 'c1', queue: 'Q', consumer: 'c1' },
    { do: 'consume', channel: 'c2', queue: 'Q', consumer: 'c2', handle: { do: 'ack' } },
    { do: 'publish', queue: 'Q', bodies: ['A'] },
    { do: 'publish', queue: 'Q', bodies: ['B'] },
    { do: 'publish', queue: 'Q', bodies: ['C'] },
    { do: 'publish', queue: 'Q', bodies: ['D'] },
    { do: 'publish', queue: 'Q', bodies: ['E'] },
    { do: 'publish', queue: 'Q', bodies: ['F'] },
    { do: 'publish', queue: 'Q', bodies: ['G'] },
    { do: 'publish', queue: 'Q', bodies: ['H'] },
    { do: 'seen', as: 'before', consumers: ['c2'] },
    { do: 'destroy', connection: 'c1' },
    { do: 'seen', as: 'after', consumers: ['c2'] },
  ],
  expect: {
    all: { before: 'B D F G H', after: 'A! C! E!' },
    '4.3/quorum': { after: 'A!{dc1,ac1} C!{dc1,ac1} E!{dc1,ac1}' },
    '4.0/quorum': { after: 'A!{dc1} C!{dc1} E!{dc1}' },
  },
}
