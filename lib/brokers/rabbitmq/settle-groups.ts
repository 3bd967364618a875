// Several deliveries settled by one method: the channel tells each queue of each consumer's by itself
// (rabbit_channel:foreach_per_queue), and a queue delivers again before it hears of the next.
import { settleAll } from './dispatch.ts'
import type { Consumer, Settlement, Unacked } from './node-state.ts'
import type { Cause } from './returns.ts'
import { settle } from './settle.ts'
import type { Turn } from './turn.ts'

/** By queue, then by consumer; what was fetched stands before what was delivered. */
function groupsOf(all: readonly Unacked[]): readonly (readonly Unacked[])[] {
  const byName = Map.groupBy(all, ({ queue, consumer }) => JSON.stringify([queue, consumer]))
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

export function settleInGroups(
  turn: Turn,
  who: Pick<Consumer, 'port' | 'channel'>,
  all: readonly Unacked[],
  how: Settlement | Cause,
): void {
  if (all.length < 2) {
    settle(turn, who, all, how)
    return
  }
  for (const group of groupsOf(all)) {
    settle(turn, who, group, how)
    settleAll(turn)
  }
}
