// Move the coordinator.
// Its clients see their connections close; offsets and members are what its log holds.
import type { Fault } from './types.ts'

export const moveCoordinator: Fault = {
  id: 'move-coordinator',
  title: 'Move the coordinator',
  sentence:
    'A controlled shutdown, a reassignment: another node leads that partition of __consumer_offsets.',
  target: 'broker',
  intents: ['break-down'],
  stages: [],
  needs: 'a coordinator lives on a node here',
  searched: true,
}
