// close() says that it is away for a while, so it may come back. A killed process has said nothing: until its
// session has run out, its successor is refused and ended.
import type { Experiment } from '../../types.ts'

export const staticRestartOfTheNewProtocol: Experiment = {
  version: 1,
  id: 'static-restart-of-the-new-protocol',
  title: 'A restarted static member, new protocol',
  source: 'KIP-848; UNRELEASED_INSTANCE_ID',
  class: 'deterministic',
  topics: { orders: 2 },
  consumers: {
    ann: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'group.protocol': 'consumer',
        'group.instance.id': 'till-1',
      },
    },
    bob: {
      group: 'billing',
      topic: 'orders',
      settings: {
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
        'group.protocol': 'consumer',
        'group.instance.id': 'till-2',
      },
    },
  },
  steps: [
    { do: 'start', who: 'ann' },
    { do: 'join', consumers: ['ann'], as: 'one' },
    { do: 'start', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'two' },
    { do: 'close', consumer: 'bob' },
    { do: 'restart', who: 'bob' },
    { do: 'join', consumers: ['ann', 'bob'], as: 'after a close' },
    { do: 'crash', who: 'bob' },
    { do: 'restart', who: 'bob' },
    { do: 'join', consumers: ['bob'], as: 'after a crash' },
  ],
  expect: {
    one: { ann: { has: ['orders/0', 'orders/1'], revoked: [] } },
    two: {
      ann: { has: ['orders/0'], revoked: ['orders/1'] },
      bob: { has: ['orders/1'], revoked: [] },
    },
    'after a close': {
      ann: { has: ['orders/0'], revoked: [] },
      bob: { has: ['orders/1'], revoked: [] },
    },
    'after a crash': 'UnreleasedInstanceIdException',
  },
}
