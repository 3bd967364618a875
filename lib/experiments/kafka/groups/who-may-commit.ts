// A group with members takes commits only from them, and only of the present generation.
import type { Experiment } from '../../types.ts'

export const whoMayCommit: Experiment = {
  version: 1,
  id: 'who-may-commit',
  title: 'Commits by a member, of an old generation, by strangers',
  row: 'K16',
  source: 'ClassicGroup.validateOffsetCommit',
  class: 'deterministic',
  topics: { orders: 1 },
  groups: { billing: { 'session.timeout.ms': 10000, 'max.poll.interval.ms': 10000 } },
  steps: [
    { do: 'joinGroup', member: 'ann', group: 'billing', topics: ['orders'] },
    { do: 'syncGroup', as: 'assigned', member: 'ann', assign: { ann: ['orders/0'] } },
    {
      do: 'commitOffsets',
      as: 'member',
      group: 'billing',
      offsets: { 'orders/0': 3 },
      member: 'ann',
    },
    {
      do: 'commitOffsets',
      as: 'old generation',
      group: 'billing',
      offsets: { 'orders/0': 9 },
      member: 'ann',
      generation: 0,
    },
    {
      do: 'commitOffsets',
      as: 'stranger',
      group: 'billing',
      offsets: { 'orders/0': 9 },
      member: 'bob',
      generation: 1,
    },
    { do: 'commitOffsets', as: 'outside the group', group: 'billing', offsets: { 'orders/0': 9 } },
    { do: 'heartbeat', as: 'old heartbeat', member: 'ann', generation: 0 },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    assigned: ['orders/0'],
    member: 'ok',
    'old generation': 'ILLEGAL_GENERATION',
    stranger: 'UNKNOWN_MEMBER_ID',
    'outside the group': 'UNKNOWN_MEMBER_ID',
    'old heartbeat': 'ILLEGAL_GENERATION',
    committed: 3,
  },
}
