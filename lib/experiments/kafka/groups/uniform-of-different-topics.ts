// Members that read different topics: what one has more than another could read goes over to it, also where the other
// could have been left with nothing.
import type { Experiment } from '../../types.ts'

const settings = {
  'auto.offset.reset': 'earliest',
  'enable.auto.commit': false,
  'group.protocol': 'consumer',
} as const

export const uniformOfDifferentTopics: Experiment = {
  version: 1,
  id: 'uniform-of-different-topics',
  title: 'The assignor uniform, and members that read different topics',
  source: 'UniformHeterogeneousAssignmentBuilder; KIP-848',
  class: 'deterministic',
  topics: { orders: 2, refunds: 2 },
  consumers: {
    ann: { group: 'billing', topic: 'orders', settings },
    bob: { group: 'billing', topic: 'orders', also: ['refunds'], settings },
    cid: { group: 'billing', topic: 'refunds', settings },
  },
  steps: [
    { do: 'start', who: 'ann' },
    { do: 'join', consumers: ['ann'], as: 'ann reads orders' },
    { do: 'start', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'bob reads both' },
    { do: 'start', who: 'cid' },
    { do: 'join', consumers: ['ann', 'bob', 'cid'], as: 'cid reads refunds' },
    { do: 'close', consumer: 'ann' },
    { do: 'join', consumers: ['bob', 'cid'], as: 'without ann' },
  ],
  expect: {
    'ann reads orders': { ann: { has: ['orders/0', 'orders/1'], revoked: [] } },
    'bob reads both': {
      ann: { has: ['orders/0', 'orders/1'], revoked: [] },
      bob: { has: ['refunds/0', 'refunds/1'], revoked: [] },
    },
    'cid reads refunds': {
      ann: { has: ['orders/0', 'orders/1'], revoked: [] },
      bob: { has: ['refunds/0'], revoked: ['refunds/1'] },
      cid: { has: ['refunds/1'], revoked: [] },
    },
    'without ann': {
      bob: { has: ['orders/0', 'orders/1'], revoked: ['refunds/0'] },
      cid: { has: ['refunds/0', 'refunds/1'], revoked: [] },
    },
  },
}
