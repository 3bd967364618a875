// Another node loads its log: offsets, members and generation are there.
import { threeNodes } from '../../_cluster.ts'
import type { Experiment } from '../../types.ts'

export const groupSurvivesItsCoordinator: Experiment = {
  version: 1,
  id: 'group-survives-its-coordinator',
  title: 'A group goes on after its coordinator’s node was killed',
  source: 'GroupMetadataManager: offsets and members are in __consumer_offsets',
  class: 'deterministic',
  topics: { orders: 1 },
  cluster: threeNodes(),
  steps: [
    { do: 'produce', topic: 'orders', values: ['A', 'B', 'C'] },
    { do: 'joinGroup', as: 'joined', member: 'ann', group: 'billing', topics: ['orders'] },
    { do: 'syncGroup', as: 'assigned', member: 'ann', assign: { ann: ['orders/0'] } },
    {
      do: 'commitOffsets',
      as: 'committed',
      group: 'billing',
      member: 'ann',
      offsets: { 'orders/0': 2 },
    },
    { do: 'wait', ms: 1000 },
    { do: 'killNode', node: { coordinatorOf: 'billing' } },
    { do: 'wait', ms: 9000 },
    { do: 'fetchOffsets', as: 'still there', group: 'billing', lane: 'orders/0' },
    { do: 'heartbeat', as: 'still a member', member: 'ann' },
    {
      do: 'commitOffsets',
      as: 'goes on',
      group: 'billing',
      member: 'ann',
      offsets: { 'orders/0': 3 },
    },
    { do: 'fetchOffsets', as: 'then', group: 'billing', lane: 'orders/0' },
  ],
  expect: {
    joined: { generation: 1, leads: true, members: 1 },
    assigned: ['orders/0'],
    committed: 'ok',
    'still there': 2,
    'still a member': 'ok',
    'goes on': 'ok',
    then: 3,
  },
}
