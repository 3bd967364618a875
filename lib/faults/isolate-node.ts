// Isolate a node.
// A leader that is cut off goes on taking acks=1 for partitions that others lead by now.
import type { Fault } from './types.ts'

export const isolateNode: Fault = {
  id: 'isolate-node',
  title: 'Isolate a node',
  sentence:
    'The network between the machines breaks: clients still reach a broker that the others do not.',
  target: 'broker',
  intents: ['lose', 'break-down'],
  stages: [],
  needs: 'partitions here have replicas on several nodes',
  searched: true,
}
