// The first keeps its half: it is never revoked. And back again when the second closes.
import type { Experiment } from '../../types.ts'

export const consumersHandOver: Experiment = {
  version: 1,
  id: 'consumers-hand-over',
  title: 'A second consumer gets what the first gives up',
  source: 'KIP-848; ConsumerMembershipManager',
  class: 'deterministic',
  topics: { orders: 4 },
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
    { do: 'close', consumer: 'bob' },
    { do: 'join', consumers: ['ann'], as: 'one again' },
  ],
  expect: {
    one: { ann: { has: ['orders/0', 'orders/1', 'orders/2', 'orders/3'], revoked: [] } },
    two: {
      ann: { has: ['orders/0', 'orders/1'], revoked: ['orders/2', 'orders/3'] },
      bob: { has: ['orders/2', 'orders/3'], revoked: [] },
    },
    'one again': { ann: { has: ['orders/0', 'orders/1', 'orders/2', 'orders/3'], revoked: [] } },
  },
}
