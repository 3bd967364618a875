// Start a dead node.
// What it has and the leader does not is cut off when it fetches.
import type { Fault } from './types.ts'

export const restartNode: Fault = {
  id: 'restart-node',
  title: 'Start a dead node',
  sentence:
    'An operator brings a dead broker back, with the disk that it had: it follows, and cuts what is not so.',
  target: 'broker',
  intents: ['break-down'],
  stages: [],
  needs: 'a broker node is dead',
  searched: false,
}
