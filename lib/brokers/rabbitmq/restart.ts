// The node goes down and comes back: what is durable is there again, every connection is gone.
import { itemsOf, type List, listOf } from './list.ts'
import type { Clock, Connection, Entry, NodeState, Queue, Unacked } from './node-state.ts'
import { putBack } from './queue.ts'
import { answerFor, returnedEntry } from './settle.ts'
import { removed, type Turn } from './turn.ts'

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

function recovered(turn: Turn, queue: Queue): Queue {
  const answer = answerFor(queue, turn, 'restart')
  const back = heldOf(turn.s, queue.name).map((entry) => returnedEntry(entry, answer))
  const none: Queue = { ...queue, consumers: [], active: null, held: 0 }
  // A quorum queue gives back what was held in the order in which it was delivered.
  const ordered = queue.type === 'quorum' ? back : back.toSorted((a, b) => a.seq - b.seq)
  const whole = ordered.reduce((q, entry) => putBack(q, entry, answer.position), none)
  return {
    ...whole,
    lanes: whole.lanes.map((lane) => ({ ...lane, ready: kept(turn, queue, lane.ready) })),
  }
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
  const queues = durable.map((queue) => [queue.name, recovered(turn, queue)] as const)
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
