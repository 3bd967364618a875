// A process that is killed says nothing; the setting is the group’s, not the client’s.
import type { Experiment } from '../../types.ts'

export const crashedConsumerOfTheNewProtocol: Experiment = {
  version: 1,
  id: 'crashed-consumer-of-the-new-protocol',
  title: 'A crashed consumer holds its partitions for its session',
  source: 'KIP-848; consumer.session.timeout.ms',
  class: 'deterministic',
  topics: { orders: 2 },
  groups: { billing: { 'consumer.session.timeout.ms': 5000 } },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'group.protocol': 'consumer',
      },
    },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'group.protocol': 'consumer',
      },
    },
  },
  steps: [
    { do: 'start', who: 'ann' },
    { do: 'join', consumers: ['ann'], as: 'one' },
    { do: 'start', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'two' },
    { do: 'crash', who: 'bob' },
    { do: 'join', consumers: ['ann'], withinMs: 2500, as: 'within its session' },
    { do: 'join', consumers: ['ann'], as: 'after it' },
  ],
  expect: {
    one: { ann: { has: ['orders/0', 'orders/1'], revoked: [] } },
    two: {
      ann: { has: ['orders/0'], revoked: ['orders/1'] },
      bob: { has: ['orders/1'], revoked: [] },
    },
    'within its session': 'no answer',
    'after it': { ann: { has: ['orders/0', 'orders/1'], revoked: [] } },
  },
}
