// Force a rebalance.
// What was in hand and not committed goes to another member, which reads it again.
import type { Fault } from './types.ts'

export const forceRebalance: Fault = {
  id: 'force-rebalance',
  title: 'Force a rebalance',
  sentence:
    'An instance joins or leaves, subscriptions change: what everybody owns is dealt again.',
  target: 'broker',
  intents: ['redeliver', 'break-down'],
  stages: [],
  needs: 'a consumer group is here',
  searched: true,
}
