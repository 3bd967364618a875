// A queue by itself: how a message enters it, which one is next, where one goes that comes back. Classic
// queues know an order of publication; quorum queues know what was returned, and the rest.
import { emptyTape } from '../../engine/tape.ts'
import { append, emptyList, first, insert, type List, map, rest, some } from './list.ts'
import {
  type Entry,
  type Lane,
  numberIn,
  type Queue,
  type QueueType,
  readyCount,
  seqOf,
  type Version,
} from './node-state.ts'
import type { Arguments, Content } from './protocol.ts'

export interface Declared {
  readonly name: string
  readonly durable: boolean
  readonly owner: string
  readonly autoDelete: boolean
  readonly arguments: Arguments
}

export function queueType(given: Arguments): QueueType {
  const type = given['x-queue-type']
  return type === 'quorum' || type === 'stream' ? type : 'classic'
}

export function newQueue(declared: Declared): Queue {
  return {
    ...declared,
    type: queueType(declared.arguments),
    nextSeq: 0,
    lanes: [],
    returned: emptyList(),
    delayed: emptyList(),
    stranded: emptyList(),
    held: 0,
    consumers: [],
    active: null,
    full: false,
    turn: 0,
    uses: 0,
    log: emptyTape(),
    publishers: {},
  }
}

const HIGHEST = 31
const USUAL = 4
/** Quorum queues of 4.0 know two priorities: from this one on it is high. */
const HIGH = 5
const HIGH_LANE = 1
const LOW_LANE = 0

/**
 * The lane of a message. Classic: 0 when it has none, capped at `x-max-priority`; without that argument all
 * are alike. Quorum 4.3: 0 to 31, 4 when it has none. Quorum 4.0: high or low.
 */
export function laneOf(queue: Queue, given: number | undefined, version: Version): number {
  if (queue.type === 'classic') return Math.min(given ?? 0, numberIn(queue, 'x-max-priority', 0))
  const priority = Math.min(given ?? USUAL, HIGHEST)
  if (version === '4.3') return priority
  return priority >= HIGH ? HIGH_LANE : LOW_LANE
}

function withLane(
  queue: Queue,
  priority: number,
  change: (ready: List<Entry>) => List<Entry>,
): Queue {
  const { lanes } = queue
  const at = lanes.findIndex((lane) => lane.priority === priority)
  if (at < 0) {
    const lane: Lane = { priority, ready: change(emptyList()) }
    return { ...queue, lanes: [...lanes, lane].sort((a, b) => b.priority - a.priority) }
  }
  const lane = lanes[at] as Lane
  const changed = { priority, ready: change(lane.ready) }
  return { ...queue, lanes: lanes.length === 1 ? [changed] : lanes.with(at, changed) }
}

/** A new message at the end of its lane. Numbers begin anew in a queue that nothing is left of. */
export function enqueue(queue: Queue, entry: Omit<Entry, 'seq'>): readonly [Queue, Entry] {
  const isEmpty = queue.held === 0 && readyCount(queue) === 0 && queue.delayed.count === 0
  const seq = isEmpty && queue.stranded.count === 0 ? 0 : queue.nextSeq
  const placed: Entry = { ...entry, seq }
  const grown = withLane(queue, entry.priority, (ready) => append(ready, placed))
  return [{ ...grown, nextSeq: seq + 1 }, placed]
}

/** Quorum 4.0 (rabbit_fifo_q): of so many messages that are taken one is taken by age, the others by priority. */
const ROUND = 3

/** Which lane is served next. */
function servedLane(queue: Queue): Lane | undefined {
  const [highest, lower] = queue.lanes.filter((lane) => lane.ready.count > 0)
  if (queue.turn !== ROUND - 1 || highest === undefined || lower === undefined) return highest
  const [high, low] = [first(highest.ready), first(lower.ready)] as [Entry, Entry]
  return low.seq < high.seq ? lower : highest
}

export function head(queue: Queue): Entry | undefined {
  if (queue.returned.count > 0) return first(queue.returned)
  const { lanes } = queue
  if (lanes.length === 1) return first((lanes[0] as Lane).ready)
  const lane = servedLane(queue)
  return lane === undefined ? undefined : first(lane.ready)
}

/** The queue without the message that is next. */
export function withoutHead(queue: Queue, version: Version): Queue {
  if (queue.returned.count > 0) return { ...queue, returned: rest(queue.returned) }
  const lane = queue.lanes.length === 1 ? queue.lanes[0] : servedLane(queue)
  if (lane === undefined) return queue
  const taken = withLane(queue, lane.priority, rest)
  if (queue.type !== 'quorum' || version === '4.3') return taken
  return { ...taken, turn: (queue.turn + 1) % ROUND }
}

/**
 * An expired message that is to be dropped, and the queue without it. Quorum 4.3 (rabbit_fifo: expire_batch) looks
 * at the head of what came back and at that of each priority; others look at what is next.
 */
export function takeExpired(queue: Queue, version: Version): readonly [Entry, Queue] | null {
  const next = head(queue)
  if (next?.expired === true) return [next, withoutHead(queue, version)]
  if (queue.type !== 'quorum' || version !== '4.3') return null
  for (const { priority, ready } of queue.lanes) {
    const entry = first(ready)
    if (entry?.expired === true) return [entry, withLane(queue, priority, rest)]
  }
  return null
}

export type Position = 'original' | 'head' | 'tail'

/** A message comes back. `head`: behind what came back before it, before everything else. */
export function putBack(queue: Queue, entry: Entry, position: Position): Queue {
  if (position === 'head') return { ...queue, returned: append(queue.returned, entry) }
  if (position === 'tail') return withLane(queue, entry.priority, (ready) => append(ready, entry))
  return withLane(queue, entry.priority, (ready) => insert(ready, entry, seqOf))
}

/** With every message here of this number changed: a queue need not be in the order of numbers. */
export function withWaiting(queue: Queue, seq: number, change: (entry: Entry) => Entry): Queue {
  const changed = (entry: Entry) => (entry.seq === seq ? change(entry) : entry)
  return {
    ...queue,
    lanes: queue.lanes.map((lane) => ({ ...lane, ready: map(lane.ready, changed) })),
    returned: map(queue.returned, changed),
    delayed: map(queue.delayed, changed),
  }
}

/** Whether it is ready, or waits for its retry. */
export function isWaiting(queue: Queue, seq: number): boolean {
  const isIt = (entry: Entry) => entry.seq === seq
  const lists = [queue.returned, queue.delayed, ...queue.lanes.map((lane) => lane.ready)]
  return lists.some((list) => some(list, isIt))
}

/** How long a message may live here: the shorter of its own time and the queue's; -1: for ever. */
export function ttlOf(queue: Queue, content: Content): number {
  const own = content.properties.expiration
  const queues = numberIn(queue, 'x-message-ttl', -1)
  if (own === undefined) return queues
  return queues < 0 ? Number(own) : Math.min(Number(own), queues)
}
