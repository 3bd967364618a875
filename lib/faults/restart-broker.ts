// Restart the broker node.
// What was held unacknowledged comes back; what was published and not confirmed may be there or not.
import type { Fault } from './types.ts'

export const restartBroker: Fault = {
  id: 'restart-broker',
  title: 'Restart the broker node',
  sentence:
    'A crash, an upgrade, a machine that restarts: connections end, what is not durable is gone.',
  target: 'broker',
  intents: ['redeliver', 'lose'],
  stages: [],
  needs: 'a broker node that can restart is here',
  searched: true,
}
