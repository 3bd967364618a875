// What a queue does until it has nothing more to do: it drops what has expired at its head, hands messages
// to consumers, and drops what is beyond its length.
import { deadLetter } from './dead-letter.ts'
import { countsOf } from './deaths.ts'
import { append } from './list.ts'
import type { Channel, Consumer, Entry, Queue, Version } from './node-state.ts'
import { numberIn, readyCount, textIn } from './node-state.ts'
import type { Delivery } from './protocol.ts'
import { head, takeExpired, withoutHead } from './queue.ts'
import { elected, hasCredit, isSingleActive, nextConsumer } from './round.ts'
import { withoutBcc } from './routing.ts'
import { serveStream } from './stream.ts'
import {
  behind,
  channelIn,
  queueIn,
  removed,
  setChannel,
  setQueue,
  type Turn,
  withConsumer,
} from './turn.ts'

/** Lets every queue that was stirred come to rest; one may stir another by a dead letter. */
export function settleAll(turn: Turn): void {
  for (const name of turn.stirred) {
    turn.stirred.delete(name)
    const queue = turn.s.queues[name]
    if (queue === undefined) continue
    if (queue.type === 'stream') serveStream(turn, queue)
    else settleQueue(turn, queue)
  }
}

function settleQueue(turn: Turn, queue: Queue): void {
  if (isSingleActive(queue)) setQueue(turn, { ...queue, active: elected(queue) })
  if (turn.returnedTo?.has(queue.name)) dropBeyondLength(turn, queueIn(turn, queue.name))
  for (;;) {
    dropExpired(turn, queue.name)
    if (!serveOne(turn, queueIn(turn, queue.name))) break
  }
  dropExpired(turn, queue.name)
  dropBeyondLength(turn, queueIn(turn, queue.name))
  unblockPublishers(turn, queueIn(turn, queue.name))
}

/** Only the head expires: what stands behind a message that lives longer waits for its turn. */
function dropExpired(turn: Turn, name: string): void {
  for (;;) {
    const queue = queueIn(turn, name)
    const taken = takeExpired(queue, turn.version)
    if (taken === null) return
    const [entry, left] = taken
    // A time to live of 0: it may be handed at once to a consumer that is ready, and is not kept.
    if (isFresh(turn, entry) && nextConsumer(turn.s, queue).consumer !== null) return
    setQueue(turn, left)
    deadLetter(turn, queue, entry, { reason: 'expired' })
  }
}

const isFresh = ({ fresh }: Turn, entry: Entry): boolean => fresh?.has(entry) === true

function serveOne(turn: Turn, queue: Queue): boolean {
  const entry = head(queue)
  if (entry === undefined || queue.consumers.length === 0) return false
  const { consumer, blocked } = nextConsumer(turn.s, queue)
  let next = queue
  for (const each of blocked) next = withConsumer(next, { ...each, blocked: true })
  if (next !== queue) setQueue(turn, next)
  if (consumer === null) return false
  // A classic queue says "redelivered" of a dead letter only when it had to keep it.
  const isPassedOn = queue.type === 'classic' && isFresh(turn, entry)
  const given = isPassedOn ? { ...entry, redelivered: false } : entry
  handTo(turn, withoutHead(next, turn.version), consumer, given)
  return true
}

/** A delivery as it is on the wire: counts stand in its headers. */
export function deliveryOf(
  queue: Queue,
  entry: Entry,
  channel: number,
  { tag, version }: { readonly tag: number; readonly version: Version },
): Omit<Delivery, 'kind'> {
  return {
    about: entry.content.message.id,
    channel,
    deliveryTag: tag,
    redelivered: entry.redelivered,
    content: withoutBcc(entry.content),
    headers: countsOf(entry, queue, version),
    queue: queue.name,
  }
}

function handTo(turn: Turn, queue: Queue, consumer: Consumer, entry: Entry): void {
  const { port, channel: number, noAck } = consumer
  const channel = channelIn(turn.s, port, number) as Channel
  const tag = channel.nextTag
  const delivery = deliveryOf(queue, entry, number, { tag, version: turn.version })
  turn.send.push([port, { ...delivery, kind: 'BasicDeliver', consumerTag: consumer.tag }])
  const unacked = noAck
    ? channel.unacked
    : append(channel.unacked, { tag, queue: queue.name, consumer: consumer.tag, entry })
  setChannel(turn, port, number, { ...channel, nextTag: tag + 1, unacked })
  const held = noAck ? queue.held : queue.held + 1
  const served = { ...consumer, unacked: consumer.unacked + (noAck ? 0 : 1) }
  // A quorum queue takes a consumer without credit out of the round at once.
  const blocked = queue.type === 'quorum' && !hasCredit(turn.s, queue, served)
  const changed = { ...queue, held }
  const waits = { ...served, blocked }
  setQueue(turn, isSingleActive(queue) ? withConsumer(changed, waits) : behind(changed, waits))
  if (noAck) {
    const reason = 'sent to a consumer without acknowledgements'
    removed(turn, queue.name, entry, { end: 'settled', reason })
  }
}

/** What counts for the length: in quorum queues what waits for its retry and dead letters that nobody took, too. */
const fillOf = (queue: Queue): number =>
  readyCount(queue) + queue.delayed.count + queue.stranded.count

/**
 * drop-head: the oldest ready message goes, also one that has just been returned. A queue that refuses
 * publishers drops nothing, however much comes back to it.
 */
function dropBeyondLength(turn: Turn, start: Queue): void {
  const most = numberIn(start, 'x-max-length', -1)
  if (most < 0) return
  const overflow = textIn(start, 'x-overflow')
  if (overflow === 'reject-publish' && start.type === 'quorum') {
    if (fillOf(start) > most) setQueue(turn, { ...start, full: true })
    return
  }
  if (overflow.startsWith('reject-publish') && start.type === 'classic') return
  const dropped: Entry[] = []
  for (let queue = start; fillOf(queue) > most; queue = queueIn(turn, start.name)) {
    const next = head(queue)
    if (next === undefined) break
    dropped.push(next)
    setQueue(turn, withoutHead(queue, turn.version))
  }
  // Effects of one command are performed last first in a quorum queue of 4.0.
  if (start.type === 'quorum' && turn.version === '4.0') dropped.reverse()
  for (const entry of dropped) deadLetter(turn, start, entry, { reason: 'maxlen' })
}

/** rabbit_fifo: publishers may go on when the queue is at most four fifths full (LOW_LIMIT). */
const LOW_LIMIT = 0.8

function unblockPublishers(turn: Turn, queue: Queue): void {
  if (!queue.full) return
  const low = Math.trunc(numberIn(queue, 'x-max-length', 0) * LOW_LIMIT)
  if (fillOf(queue) <= low) setQueue(turn, { ...queue, full: false })
}
