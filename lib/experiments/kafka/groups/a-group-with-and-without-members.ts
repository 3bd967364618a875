// Only a group without members takes commits from anybody.
import type { Experiment } from '../../types.ts'

export const aGroupWithAndWithoutMembers: Experiment = {
  version: 1,
  id: 'a-group-with-and-without-members',
  title: 'Commits from outside: with members, and without',
  source: 'OffsetMetadataManager.validateOffsetCommit',
  class: 'deterministic',
  topics: { orders: 1 },
  groups: { billing: { 'session.timeout.ms': 10000, 'max.poll.interval.ms': 10000 } },
  steps: [
    {
      do: 'commitOffsets',
      as: 'nobody knows the group, generation 1',
      group: 'billing',
      offsets: { 'orders/0': 1 },
      member: 'eve',
      generation: 1,
    },
    { do: 'commitOffsets', as: 'simple', group: 'billing', offsets: { 'orders/0': 2 } },
    { do: 'joinGroup', member: 'ann', group: 'billing', topics: ['orders'] },
    { do: 'syncGroup', as: 'assigned', member: 'ann', assign: { ann: ['orders/0'] } },
    {
      do: 'commitOffsets',
      as: 'simple beside a member',
      group: 'billing',
      offsets: { 'orders/0': 3 },
    },
    {
      do: 'commitOffsets',
      as: 'member',
      group: 'billing',
      offsets: { 'orders/0': 4 },
      member: 'ann',
    },
    { do: 'leaveGroup', member: 'ann' },
    {
      do: 'commitOffsets',
      as: 'member that left',
      group: 'billing',
      offsets: { 'orders/0': 5 },
      member: 'ann',
    },
    { do: 'commitOffsets', as: 'simple again', group: 'billing', offsets: { 'orders/0': 6 } },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    'nobody knows the group, generation 1': 'ILLEGAL_GENERATION',
    simple: 'ok',
    assigned: ['orders/0'],
    'simple beside a member': 'UNKNOWN_MEMBER_ID',
    member: 'ok',
    'member that left': 'UNKNOWN_MEMBER_ID',
    'simple again': 'ok',
    committed: 6,
  },
}
