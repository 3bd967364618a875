// Settling deliveries: acknowledged, sent back, or rejected for good; and what comes back when a channel, a
// connection or the node itself is gone.
import { deadLetter, hasDeadLetters } from './dead-letter.ts'
import { append, find, itemsOf, type List, remove, split } from './list.ts'
import {
  type Consumer,
  type Entry,
  numberIn,
  type Queue,
  type Settlement,
  tagOf,
  textIn,
  type Unacked,
} from './node-state.ts'
import { putBack } from './queue.ts'
import { type Answer, type Cause, whereTo } from './returns.ts'
import { withCredit } from './round.ts'
import { consumerIn, queueIn, removed, setQueue, type Turn, withConsumer } from './turn.ts'

/**
 * What a settlement names: one delivery, or with `multiple` all up to it (0: all there are). Null for a tag
 * that the channel does not hold.
 */
export function named(
  unacked: List<Unacked>,
  tag: number,
  multiple: boolean,
): readonly Unacked[] | null {
  if (!multiple) {
    const one = find(unacked, tag, tagOf)
    return one === undefined || one.inTransaction === true ? null : [one]
  }
  const items = itemsOf(unacked).filter((each) => each.inTransaction !== true)
  if (tag === 0) return items
  const at = items.findIndex((each) => each.tag === tag)
  return at < 0 ? null : items.slice(0, at + 1)
}

export function without(unacked: List<Unacked>, settled: readonly Unacked[]): List<Unacked> {
  if (settled.length === 1) return remove(unacked, (settled[0] as Unacked).tag, tagOf)
  const tags = new Set(settled.map(tagOf))
  return split(unacked, (each) => tags.has(each.tag))[1]
}

/** The queue and the consumer that it was held for no longer count it as held. */
function released(turn: Turn, port: string, channel: number, each: Unacked): Queue | null {
  const found = turn.s.queues[each.queue]
  if (found === undefined) return null
  const queue = { ...found, held: found.held - (found.type === 'stream' ? 0 : 1) }
  const consumer = consumerIn(queue, { port, channel, tag: each.consumer })
  turn.stirred.add(queue.name)
  if (consumer === undefined) return queue
  const freed = { ...consumer, unacked: consumer.unacked - 1 }
  if (!freed.cancelled || freed.unacked > 0) return withConsumer(queue, freed)
  return { ...queue, consumers: queue.consumers.filter((each) => each !== consumer) }
}

const ACKNOWLEDGED = { end: 'settled', reason: 'acknowledged' } as const

/** Settles each in turn, lowest tag first. */
export function settle(
  turn: Turn,
  { port, channel }: Pick<Consumer, 'port' | 'channel'>,
  all: readonly Unacked[],
  how: Settlement | Cause,
): void {
  for (const each of all) {
    const queue = released(turn, port, channel, each)
    if (queue === null) continue
    setQueue(turn, queue)
    if (queue.type === 'stream') continue
    if (how === 'ack') removed(turn, queue.name, each.entry, ACKNOWLEDGED)
    else if (how === 'drop') deadLetter(turn, queue, each.entry, { reason: 'rejected' })
    else giveBack(turn, queue, each.entry, how)
  }
  for (const name of new Set(all.map((each) => each.queue))) {
    const queue = turn.s.queues[name]
    if (queue !== undefined) setQueue(turn, withCredit(turn.s, queue))
  }
}

/** Quorum queues drop what has failed more often; -1: never. */
const DEFAULT_DELIVERY_LIMIT = 20

function deliveryLimit(queue: Queue): number {
  return numberIn(queue, 'x-delivery-limit', DEFAULT_DELIVERY_LIMIT)
}

function answerFor(queue: Queue, turn: Pick<Turn, 'version'>, cause: Cause): Answer {
  const type = queue.type === 'quorum' ? 'quorum' : 'classic'
  const limit = deliveryLimit(queue) >= 0
  const answer = whereTo({ type, version: turn.version, cause, limit })
  // What nobody is ever told would only tell states apart.
  const isToldOn = type === 'quorum' || hasDeadLetters(queue)
  return answer.fails && !isToldOn ? { ...answer, fails: false } : answer
}

/**
 * `redelivered` from now on, also where the application never saw it. A classic queue has no limit, and is made to know
 * one failure from none only: more, which it tells a quorum queue of dead letters, would make a search endless.
 */
function returnedEntry(entry: Entry, { fails, acquires }: Answer): Entry {
  const isCounted = fails && (acquires || entry.deliveryCount === 0)
  return {
    ...entry,
    redelivered: true,
    deliveryCount: entry.deliveryCount + (isCounted ? 1 : 0),
    acquiredCount: entry.acquiredCount + (acquires ? 1 : 0),
  }
}

/** Back to its queue, at once or after a delay; or, where it has failed too often, to the dead letters. */
export function giveBack(turn: Turn, queue: Queue, was: Entry, cause: Cause): void {
  const answer = answerFor(queue, turn, cause)
  const entry = returnedEntry(was, answer)
  const limit = deliveryLimit(queue)
  // 4.3 counts failures, those of the queues before included; 4.0 whatever came back here.
  const count = turn.version === '4.3' ? entry.deliveryCount : entry.acquiredCount
  if (queue.type === 'quorum' && limit >= 0 && count > limit) {
    deadLetter(turn, queue, entry, { reason: 'delivery_limit' })
    return
  }
  const delay = retryDelay(queue, entry, answer)
  if (delay > 0 && turn.version === '4.3') {
    setQueue(turn, { ...queue, delayed: append(queue.delayed, entry) })
    const clock = { queue: queue.name, seq: entry.seq, ms: delay }
    turn.s = { ...turn.s, retries: [...turn.s.retries, clock] }
    return
  }
  setQueue(turn, putBack(queue, entry, answer.position))
  if (queue.type !== 'classic') return
  turn.returnedTo ??= new Set()
  turn.returnedTo.add(queue.name)
}

/** Delayed retry (4.3): grows with each failure, up to a limit; 0: at once. */
function retryDelay(queue: Queue, entry: Entry, { fails }: Answer): number {
  if (queue.type !== 'quorum') return 0
  const type = textIn(queue, 'x-delayed-retry-type')
  const applies = type === 'all' || (type === 'failed' && fails) || (type === 'returned' && !fails)
  if (!applies) return 0
  const least = numberIn(queue, 'x-delayed-retry-min', 0)
  const most = numberIn(queue, 'x-delayed-retry-max', Number.MAX_SAFE_INTEGER)
  return Math.min(least * Math.max(entry.deliveryCount, 1), most)
}

/** The wait is over: it is ready again, behind what came back before it. */
export function endDelay(turn: Turn, name: string, seq: number): void {
  const queue = queueIn(turn, name)
  const [ended, delayed] = split(queue.delayed, (each) => each.seq === seq)
  const next = ended.reduce((q, entry) => putBack(q, entry, 'head'), { ...queue, delayed })
  setQueue(turn, next)
  turn.s = {
    ...turn.s,
    retries: turn.s.retries.filter((clock) => clock.queue !== name || clock.seq !== seq),
  }
  turn.stirred.add(name)
}
