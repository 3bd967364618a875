// Taking messages: basic.qos, basic.consume and basic.get.
import { badConsumerArgument } from './arguments.ts'
import { channelError } from './channels.ts'
import { reply } from './declare.ts'
import { deliveryOf } from './dispatch.ts'
import {
  accessTo,
  inUse,
  isRefusal,
  noAutomaticAcks,
  noGetBesideActive,
  noGlobalQos,
  noStreamPrefetch,
  notOnAStream,
  type Refusal,
  tagInUse,
} from './errors.ts'
import { append } from './list.ts'
import type { Channel, Consumer, Queue } from './node-state.ts'
import { isSame, readyCount } from './node-state.ts'
import type { BasicConsume, BasicGet, BasicQos } from './protocol.ts'
import { head, withoutHead } from './queue.ts'
import { isSingleActive } from './round.ts'
import { startingOffset } from './stream.ts'
import { channelIn, queueIn, removed, setChannel, setQueue, type Turn } from './turn.ts'

/**
 * For consumers to come on this channel. `global`: one limit for the whole channel; 4.3 says yes and takes
 * it for a limit of each consumer (deprecated feature global_qos). Whoever asks for one of each consumer has no
 * other any more.
 */
export function setQos(turn: Turn, port: string, e: BasicQos): void {
  const channel = channelIn(turn.s, port, e.channel) as Channel
  const isGlobal = e.global && turn.version === '4.0'
  const changed = isGlobal
    ? { ...channel, globalPrefetch: e.prefetchCount }
    : { ...channel, prefetch: e.prefetchCount, globalPrefetch: 0 }
  setChannel(turn, port, e.channel, changed)
  reply(turn, port, e)
}

/**
 * Classic queues know exclusive consumers, and none where one of several is active; quorum queues and streams
 * take no notice of the flag.
 */
function isTaken(queue: Queue, exclusive: boolean): boolean {
  if (queue.type !== 'classic') return false
  if (isSingleActive(queue)) return exclusive
  if (queue.consumers.length === 0) return false
  return exclusive || queue.consumers.some((each) => each.exclusive)
}

/** A consumer's tag is its name on its channel. */
const nameOf = (port: string, { channel, consumerTag: tag }: BasicConsume) => ({
  port,
  channel,
  tag,
})

function isTagInUse(turn: Turn, port: string, e: BasicConsume): boolean {
  const isIt = (each: Consumer) => !each.cancelled && isSame(nameOf(port, e), each)
  return Object.values(turn.s.queues).some((queue) => queue.consumers.some(isIt))
}

function refusalOf(turn: Turn, queue: Queue, e: BasicConsume, channel: Channel): Refusal | null {
  const bad = badConsumerArgument(e, queue.type, turn.version)
  if (bad !== null) return bad
  if (queue.type === 'quorum' && channel.globalPrefetch > 0) return noGlobalQos(e.queue)
  if (isTaken(queue, e.exclusive)) return inUse(e.queue)
  return queue.type === 'stream' ? refusalOfStream(e, channel) : null
}

function refusalOfStream(e: BasicConsume, channel: Channel): Refusal | null {
  if (channel.prefetch === 0) return noStreamPrefetch(e.queue)
  if (e.noAck) return noAutomaticAcks(e.queue)
  return channel.globalPrefetch > 0 ? noGlobalQos(e.queue) : null
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}

export function consume(turn: Turn, port: string, e: BasicConsume): void {
  const found = accessTo(turn.s, e.queue, port)
  const channel = channelIn(turn.s, port, e.channel) as Channel
  const known = isTagInUse(turn, port, e) ? tagInUse(e.consumerTag) : found
  const refusal = isRefusal(known) ? known : refusalOf(turn, known, e, channel)
  if (refusal !== null || isRefusal(found)) {
    channelError(turn, port, e.channel, refusal as Refusal)
    return
  }
  // A quorum queue knows a consumer that was cancelled and comes back by what it still holds.
  const isBack = (each: Consumer) => each.cancelled && isSame(nameOf(port, e), each)
  const consumer: Consumer = {
    port,
    channel: e.channel,
    tag: e.consumerTag,
    noAck: e.noAck,
    exclusive: e.exclusive,
    prefetch: channel.prefetch,
    priority: numberOr(e.arguments['x-priority'], 0),
    unacked: found.consumers.find(isBack)?.unacked ?? 0,
    cancelled: false,
    blocked: false,
    timeoutMs: numberOr(e.arguments['x-consumer-timeout'], -1),
    offset: found.type === 'stream' ? startingOffset(found, e.arguments['x-stream-offset']) : 0,
  }
  setQueue(turn, {
    ...found,
    consumers: [...found.consumers.filter((each) => !isBack(each)), consumer],
    uses: (found.uses + 1) % 16,
  })
  reply(turn, port, e)
  turn.stirred.add(found.name)
}

/** The queue, or why nothing can be fetched from it one at a time. */
function fetchable(turn: Turn, port: string, name: string): Queue | Refusal {
  const found = accessTo(turn.s, name, port)
  if (isRefusal(found)) return found
  if (found.type === 'stream') return notOnAStream('basic.get', name)
  if (found.type !== 'quorum' || !isSingleActive(found)) return found
  return noGetBesideActive(name, turn.version)
}

export function get(turn: Turn, port: string, e: BasicGet): void {
  const found = fetchable(turn, port, e.queue)
  if (isRefusal(found)) {
    channelError(turn, port, e.channel, found)
    return
  }
  setQueue(turn, { ...found, uses: (found.uses + 1) % 16 })
  const queue = queueIn(turn, e.queue)
  const entry = head(queue)
  if (entry === undefined) {
    turn.send.push([port, { kind: 'BasicGetEmpty', channel: e.channel }])
    return
  }
  const channel = channelIn(turn.s, port, e.channel) as Channel
  const tag = channel.nextTag
  const left = withoutHead(queue, turn.version)
  const delivery = deliveryOf(queue, entry, e.channel, { tag, version: turn.version })
  turn.send.push([port, { ...delivery, kind: 'BasicGetOk', messageCount: readyCount(left) }])
  const held = { tag, queue: e.queue, consumer: '', entry }
  const unacked = e.noAck ? channel.unacked : append(channel.unacked, held)
  setChannel(turn, port, e.channel, { ...channel, nextTag: tag + 1, unacked })
  setQueue(turn, e.noAck ? left : { ...left, held: left.held + 1 })
  turn.stirred.add(e.queue)
  if (e.noAck) {
    removed(turn, e.queue, entry, { end: 'settled', reason: 'fetched without acknowledgement' })
  }
}
