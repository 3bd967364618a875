// The node goes down and comes back: what is durable is there again, every connection is gone.
import { itemsOf, type List, listOf } from './list.ts'
import type { Clock, Connection, Entry, NodeState, Queue, Unacked } from './node-state.ts'
import { giveBack } from './settle.ts'
import { queueIn, removed, type Turn } from './turn.ts'

function heldOf(s: NodeState, queue: string): readonly Entry[] {
  const channels = Object.values(s.connections).flatMap((each: Connection) =>
    Object.values(each.channels),
  )
  const held = channels.flatMap((channel) => itemsOf(channel.unacked as List<Unacked>))
  return held.filter((each) => each.queue === queue).map((each) => each.entry)
}

/** Classic queues keep what is persistent; quorum queues everything, whatever its delivery mode. */
function survives(queue: Queue, entry: Entry): boolean {
  return queue.type === 'quorum' || entry.content.properties.delivery_mode === 2
}

/** Everything held comes back as it does from a connection that is gone: counted, limited, delayed. */
function returnHeld(turn: Turn, { name, type }: Queue): void {
  const held = heldOf(turn.s, name)
  // A quorum queue gives back what was held in the order in which it was delivered.
  const ordered = type === 'quorum' ? held : held.toSorted((a, b) => a.seq - b.seq)
  for (const entry of ordered) giveBack(turn, queueIn(turn, name), entry, 'restart')
}

function recovered(turn: Turn, queue: Queue): Queue {
  const lanes = queue.lanes.map((lane) => ({ ...lane, ready: kept(turn, queue, lane.ready) }))
  return { ...queue, lanes, consumers: [], active: null, held: 0 }
}

function kept(turn: Turn, queue: Queue, list: List<Entry>): List<Entry> {
  const entries = itemsOf(list)
  for (const entry of entries) {
    if (survives(queue, entry)) continue
    removed(turn, queue.name, entry, {
      end: 'taken away',
      reason: 'not persistent, lost in a restart',
    })
  }
  return listOf(entries.filter((entry) => survives(queue, entry)))
}

/** Its consumers leave while the node goes down. */
const losesItsLast = (queue: Queue): boolean => queue.autoDelete && queue.consumers.length > 0

export function goDown(turn: Turn): void {
  const durable = Object.values(turn.s.queues).filter(
    (queue) => queue.durable && queue.owner === '' && !losesItsLast(queue),
  )
  // Dead letters of one may go to another: all of them before anything is lost.
  for (const queue of durable) returnHeld(turn, queue)
  const queues = durable.map(({ name }) => [name, recovered(turn, queueIn(turn, name))] as const)
  const exchanges = Object.entries(turn.s.exchanges).filter(([, exchange]) => exchange.durable)
  const isLeft = (clock: Clock) => durable.some((queue) => queue.name === clock.queue)
  turn.s = {
    ...turn.s,
    ttls: turn.s.ttls.filter(isLeft),
    retries: turn.s.retries.filter(isLeft),
    up: false,
    exchanges: Object.fromEntries(exchanges),
    queues: Object.fromEntries(queues),
    connections: {},
    silent: [],
  }
}
