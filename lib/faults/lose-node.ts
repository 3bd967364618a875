// Lose a node.
// As a killed node that does not come back by itself: the way to a frozen high watermark.
import type { Fault } from './types.ts'

export const loseNode: Fault = {
  id: 'lose-node',
  title: 'Lose a node',
  sentence:
    'A machine that burns, a volume that is gone for good: the broker is dead, and nobody starts it.',
  target: 'broker',
  intents: ['lose', 'break-down'],
  stages: [],
  needs: 'partitions here have replicas on several nodes',
  searched: true,
}
