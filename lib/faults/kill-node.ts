// Kill a node.
// Its partitions have no leader until its session is over; then a replica in sync leads.
import type { Fault } from './types.ts'

export const killNode: Fault = {
  id: 'kill-node',
  title: 'Kill a node',
  sentence:
    'Out of memory, kill -9: the broker process is gone, its disk stays, and it is started again.',
  target: 'broker',
  intents: ['lose', 'break-down'],
  stages: [],
  needs: 'partitions here have replicas on several nodes',
  searched: true,
}
