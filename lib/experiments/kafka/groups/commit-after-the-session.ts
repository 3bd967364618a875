// A member without a heartbeat is removed; what it says later is a stranger’s word.
import type { Experiment } from '../../types.ts'

export const commitAfterTheSession: Experiment = {
  version: 1,
  id: 'commit-after-the-session',
  title: 'A commit after the session has expired',
  row: 'K17',
  source: 'ClassicGroup.validateMember comes before the generation',
  class: 'deterministic',
  topics: { orders: 1 },
  groups: { billing: { 'session.timeout.ms': 4000, 'max.poll.interval.ms': 10000 } },
  steps: [
    { do: 'joinGroup', member: 'ann', group: 'billing', topics: ['orders'] },
    { do: 'syncGroup', as: 'assigned', member: 'ann', assign: { ann: ['orders/0'] } },
    {
      do: 'commitOffsets',
      as: 'in time',
      group: 'billing',
      offsets: { 'orders/0': 3 },
      member: 'ann',
    },
    { do: 'wait', ms: 7000 },
    {
      do: 'commitOffsets',
      as: 'too late',
      group: 'billing',
      offsets: { 'orders/0': 9 },
      member: 'ann',
    },
    { do: 'heartbeat', as: 'heartbeat', member: 'ann' },
    { do: 'fetchOffsets', as: 'committed', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    assigned: ['orders/0'],
    'in time': 'ok',
    'too late': 'UNKNOWN_MEMBER_ID',
    heartbeat: 'UNKNOWN_MEMBER_ID',
    committed: 3,
  },
}
