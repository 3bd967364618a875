// A message leaves its queue and is published to the dead-letter exchange, if there is one: routed as any
// other, but without a confirm. Or, at-least-once, kept until a target has taken it.
import { carriedFrom, deadContent, isCycle } from './deaths.ts'
import { append, emptyList, itemsOf } from './list.ts'
import { type Entry, type Queue, textIn } from './node-state.ts'
import type { Content, DeathReason } from './protocol.ts'
import { exchangeExists, route } from './routing.ts'
import { offer } from './store.ts'
import { queueIn, removed, setQueue, type Turn } from './turn.ts'

export function hasDeadLetters(queue: Queue): boolean {
  return queue.arguments['x-dead-letter-exchange'] !== undefined
}

/** Quorum queues only, and only where publishers can be told to stop; else it is at-most-once. */
function isKept(queue: Queue): boolean {
  return (
    queue.type === 'quorum' &&
    textIn(queue, 'x-dead-letter-strategy') === 'at-least-once' &&
    textIn(queue, 'x-overflow') === 'reject-publish'
  )
}

/** `from`: the failures it carries on; without it, what the queue knows of it. */
interface Why {
  readonly reason: DeathReason
  readonly from?: number
}

/** Whether some queue has taken it. */
function republish(turn: Turn, queue: Queue, content: Content, why: Required<Why>): boolean {
  const { reason, from } = why
  const dead = deadContent(queue, content, reason)
  if (!exchangeExists(turn.s, dead.exchange)) return false
  const names = route(turn.s, dead.exchange, dead)
  let isTaken = false
  for (const name of names) {
    if (reason !== 'rejected' && isCycle(dead.deaths ?? [], name)) continue
    isTaken = offer(turn, name, dead, { from }) || isTaken
  }
  return isTaken
}

/**
 * Until a target has taken it, it counts as here: a queue that is empty numbers anew, and a queue may be its own
 * target. Two copies of one number would share what is known of either, its time to live first of all.
 */
function leaveFor(turn: Turn, { name }: Queue, content: Content, why: Required<Why>): boolean {
  const queue = queueIn(turn, name)
  setQueue(turn, { ...queue, held: queue.held + 1 })
  const isTaken = republish(turn, queue, content, why)
  const now = queueIn(turn, name)
  setQueue(turn, { ...now, held: now.held - 1 })
  return isTaken
}

/** Why a copy is gone, after the broker's own word. */
const GONE: Readonly<Record<DeathReason, string>> = {
  rejected: 'rejected and not requeued',
  expired: 'its time to live is over (expired)',
  maxlen: 'the queue is full and drops its head (maxlen)',
  delivery_limit: 'returned more often than x-delivery-limit allows (delivery_limit)',
}

/** The entry is out of its queue already. */
export function deadLetter(turn: Turn, queue: Queue, entry: Entry, why: Why): void {
  const { reason } = why
  const { type } = queue
  const { from = carriedFrom(entry, { type, version: turn.version, reason }) } = why
  const { content } = entry
  const isTaken = hasDeadLetters(queue) && leaveFor(turn, queue, content, { reason, from })
  const now = queueIn(turn, queue.name)
  if (!isTaken && hasDeadLetters(queue) && isKept(queue)) {
    setQueue(turn, {
      ...now,
      stranded: append(now.stranded, { ...entry, deliveryCount: from, diedOf: reason }),
    })
    return
  }
  const group = turn.me.settings.groups[queue.name]
  if (isTaken && group !== undefined) {
    const place = { stream: queue.name, lane: 0, offset: entry.seq }
    const { message } = content
    turn.observe.push({ kind: 'deadLettered', actor: turn.me.id, group, message, place })
  }
  const gone = isTaken
    ? ({ end: 'dead-lettered', reason: `dead-lettered, ${GONE[reason]}` } as const)
    : ({ end: 'given up', reason: GONE[reason] } as const)
  removed(turn, queue.name, entry, gone)
}

/** A publisher's message that a full queue refused (reject-publish-dlx). It was never in the queue. */
export function deadLetterRefused(turn: Turn, queue: Queue, content: Content): void {
  republish(turn, queue, content, { reason: 'maxlen', from: 0 })
}

/** rabbit_fifo_dlx_worker: tries again what no target has taken. */
export function retryStranded(turn: Turn, name: string): void {
  const queue = queueIn(turn, name)
  const entries = itemsOf(queue.stranded)
  setQueue(turn, { ...queue, stranded: emptyList() })
  for (const entry of entries) {
    const reason = entry.diedOf ?? 'rejected'
    deadLetter(turn, queueIn(turn, name), entry, { reason, from: entry.deliveryCount })
  }
}
