// Heartbeats do not keep a place that was never asked for: a rebalance timeout after the join it is lost.
import type { Experiment } from '../../types.ts'

export const joinWithoutASync: Experiment = {
  version: 1,
  id: 'join-without-a-sync',
  title: 'A member that joins and does not sync',
  source: 'KAFKA-12890; GroupMetadataManager.expirePendingSync',
  class: 'deterministic',
  topics: { orders: 2 },
  groups: { billing: { 'session.timeout.ms': 20000, 'max.poll.interval.ms': 5000 } },
  steps: [
    { do: 'joinGroup', member: 'ann', group: 'billing', topics: ['orders'], as: 'ann joins' },
    { do: 'wait', ms: 3000 },
    { do: 'heartbeat', member: 'ann', as: 'ann is there' },
    { do: 'wait', ms: 4000 },
    { do: 'heartbeat', member: 'ann', as: 'ann is out' },
    { do: 'joinGroup', member: 'bob', group: 'billing', topics: ['orders'], as: 'bob joins' },
    { do: 'syncGroup', member: 'bob', assign: { bob: ['orders/0'] }, as: 'bob syncs' },
    { do: 'wait', ms: 7000 },
    { do: 'heartbeat', member: 'bob', as: 'bob is there' },
  ],
  expect: {
    'ann joins': { generation: 1, leads: true, members: 1 },
    'ann is there': 'ok',
    'ann is out': 'UNKNOWN_MEMBER_ID',
    'bob joins': { generation: 3, leads: true, members: 1 },
    'bob syncs': ['orders/0'],
    'bob is there': 'ok',
  },
}
