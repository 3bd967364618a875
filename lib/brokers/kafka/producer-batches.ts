// The producer's accumulator and sender: records become batches, batches become requests, answers become
// acknowledgements, retries or failures (RecordAccumulator, Sender).
import type { Message, Seen } from '../../clients/types.ts'
import { resent } from '../../clients/workload.ts'
import type { Out } from '../../engine/types.ts'
import { afterAppend, partitionForKey, stuckTo } from './partitioner.ts'
import {
  acknowledge,
  inSequence,
  isNext,
  mayGo,
  number,
  raiseEpoch,
  resolve,
} from './producer-sequences.ts'
import {
  flightsOf,
  isIdempotent,
  type Lane,
  laneAt,
  leaderOf,
  type PendingBatch,
  type ProducerState,
  type Self,
  type Send,
  withFlights,
  withLane,
} from './producer-state.ts'
import { abortable, inPhase, landed, written } from './producer-transactions.ts'
import type { KafkaError, Produce, ProduceResponse } from './protocol.ts'
import { batchRecords } from './settings.ts'

/** A producer in the middle of a step: its state so far, what it sends and what is seen. */
export interface Going {
  readonly self: ProducerState
  readonly send: readonly Send[]
  readonly observe: readonly Seen[]
}

export type Failure = KafkaError | 'NETWORK_EXCEPTION' | 'TimeoutException'

/** Errors after which the same batch may succeed (RetriableException); 45 is judged by its own rule. */
const RETRIABLE: readonly Failure[] = [
  'NOT_LEADER_OR_FOLLOWER',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'NETWORK_EXCEPTION',
  'NOT_ENOUGH_REPLICAS',
  'REQUEST_TIMED_OUT',
  'CONCURRENT_TRANSACTIONS',
]

/** Errors after which the producer asks who leads (InvalidMetadataException). */
const STALE: readonly Failure[] = [
  'NOT_LEADER_OR_FOLLOWER',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'NETWORK_EXCEPTION',
]

export function partitionOf(s: ProducerState, message: Message, me: Self): number {
  const { keyChoice } = me.settings.workload
  if (typeof keyChoice === 'number') return keyChoice
  if (message.key !== null) return partitionForKey(message.key, s.partitions)
  return stuckTo(s.sticky, me.id, s.partitions).partition
}

/** The application calls send(): the record joins the last batch of its partition, or begins a new one. */
export function accumulate(before: ProducerState, message: Message, me: Self): ProducerState {
  const { settings } = me
  const s = written(before, message)
  const most = batchRecords(settings)
  const partition = partitionOf(s, message, me)
  const lane = laneAt(s, partition)
  const last = lane.queue.at(-1)
  const open = last !== undefined && last.attempts === 0 && last.messages.length < most
  const messages = open ? [...last.messages, message] : [message]
  const full = messages.length >= most
  const status = full || settings['linger.ms'] === 0 ? 'ready' : 'filling'
  const batch: PendingBatch = open
    ? { ...last, messages, status: full ? 'ready' : last.status }
    : { ...NEW_BATCH, id: message.id, partition, messages, status }
  const queue = open ? [...lane.queue.slice(0, -1), batch] : [...lane.queue, batch]
  const next = withLane(s, partition, { ...lane, queue })
  if (message.key !== null || typeof settings.workload.keyChoice === 'number') return next
  const sticky = afterAppend(stuckTo(s.sticky, me.id, s.partitions), most, full)
  return { ...next, sticky }
}

const NEW_BATCH = {
  attempts: 0,
  firstSequence: -1,
  epoch: -1,
  renumbered: false,
  overtaken: false,
} as const

/** Of the batches that may be sent now, the partition of the one with the oldest record; -1: none. */
function nextToSend(s: ProducerState, me: Self): number {
  const most = me.settings['max.in.flight.requests.per.connection']
  let partition = -1
  let oldest = Number.POSITIVE_INFINITY
  for (const lane of s.lanes) {
    const head = lane.queue[0]
    if (head === undefined || head.status !== 'ready') continue
    const age = (head.messages[0] as Message).n
    const leader = leaderOf(s, head.partition)
    if (age >= oldest || leader < 0 || flightsOf(s, leader).length >= most) continue
    if (isIdempotent(me.settings) && !mayGo(s, head)) continue
    partition = head.partition
    oldest = age
  }
  return partition
}

/** Sends what may be sent. One request carries one batch; the real one carries one for each partition. */
export function drain(going: Going, me: Self): Going {
  let { self } = going
  let partition = nextToSend(self, me)
  if (partition < 0) return going
  const send = [...going.send]
  const observe = [...going.observe]
  while (partition >= 0) {
    self = transmit(self, partition, me, send, observe)
    partition = nextToSend(self, me)
  }
  return { self, send, observe }
}

/**
 * Counted as far as it matters: until retries are used up, or the backoff has reached its limit. A count
 * without end would make every world a new one.
 */
function attemptsAfter(batch: PendingBatch, settings: Self['settings']): number {
  const most = 1 + Math.max(1, doublings(settings))
  const counted = batch.attempts + 1
  return settings.retries < most ? counted : Math.min(counted, most)
}

/** How often the backoff doubles until it is at its limit; a backoff of 0 stays 0. */
function doublings(settings: Self['settings']): number {
  const { 'retry.backoff.ms': first, 'retry.backoff.max.ms': limit } = settings
  let times = 0
  for (let ms = first; ms > 0 && ms < limit; ms *= 2) times++
  return times
}

function transmit(
  s: ProducerState,
  partition: number,
  me: Self,
  ...[send, observe]: [Send[], Seen[]]
): ProducerState {
  const head = laneAt(s, partition).queue[0] as PendingBatch
  const { lane, batch } = isIdempotent(me.settings)
    ? number(s, head)
    : { lane: laneAt(s, partition), batch: head }
  const attempts = attemptsAfter(batch, me.settings)
  const sent: PendingBatch = { ...batch, status: 'in flight', attempts }
  const node = leaderOf(s, partition)
  send.push([me.settings.nodes[node] as string, produceFor(s, sent, me)])
  const { topic } = me.settings
  for (const message of sent.messages) {
    const attempt = sent.attempts
    observe.push({ kind: 'sent', actor: me.id, message, stream: topic, lane: partition, attempt })
  }
  const self = withLane(s, partition, { ...lane, queue: lane.queue.slice(1) })
  if (me.settings.acks !== '0') {
    return withFlights(self, node, [...flightsOf(self, node), sent])
  }
  // Nothing will be answered: send() succeeds as soon as the request is written to the socket.
  for (const message of sent.messages) {
    observe.push({ kind: 'acknowledged', actor: me.id, message, place: null })
  }
  return self
}

function produceFor(s: ProducerState, batch: PendingBatch, me: Self): Produce {
  const { messages, firstSequence, epoch, partition } = batch
  const producerId = firstSequence < 0 ? -1 : s.producerId
  const about = messages.length === 1 ? batch.id : messages.map((message) => message.id).join(' ')
  return {
    kind: 'Produce',
    about,
    topic: me.settings.topic,
    partition,
    correlation: (messages[0] as Message).n,
    acks: me.settings.acks,
    ...(me.settings.acks === 'all' ? { timeoutMs: me.settings['request.timeout.ms'] } : {}),
    ...transactionOf(s, me),
    batch: { producerId, epoch, firstSequence, ...PART_OF[partOf(s)], messages },
  }
}

const PART_OF = { nothing: {}, transaction: { transactional: true } } as const
const partOf = (s: ProducerState) => (s.transaction === null ? 'nothing' : 'transaction')

/** Produce v12: the leader itself adds the partition to the transaction (KIP-890). */
function transactionOf(s: ProducerState, me: Self): Pick<Produce, 'transaction'> {
  if (s.transaction === null) return {}
  return { transaction: { id: me.settings['transactional.id'], version: 2 } }
}

/** The answer to the oldest request on this connection: answers come in the order of requests. */
export function answered(s: ProducerState, e: ProduceResponse, me: Self): Out<ProducerState> {
  const node = me.settings.nodes.indexOf(me.port)
  const [batch, ...others] = flightsOf(s, node)
  if (batch === undefined) return {}
  const stale = e.error === undefined ? false : s.stale || STALE.includes(e.error)
  const known = stale === s.stale ? s : { ...s, stale }
  const self = withFlights(known, node, others)
  const going = { self, send: [], observe: [] }
  if (batch.status === 'given up') return drain(going, me)
  if (e.error !== undefined) return drain(refused(going, batch, e.error, me), me)
  return drain(confirmed(going, batch, e, me), me)
}

function confirmed(going: Going, batch: PendingBatch, e: ProduceResponse, me: Self): Going {
  const { topic } = me.settings
  const observe = batch.messages.map((message, i): Seen => {
    const place = { stream: topic, lane: batch.partition, offset: e.baseOffset + i }
    return { kind: 'acknowledged', actor: me.id, message, place }
  })
  if (batch.firstSequence < 0) return { ...going, observe }
  const lane = acknowledge(laneAt(going.self, batch.partition), batch)
  const self = withLane(going.self, batch.partition, lane)
  if (self.transaction === null) {
    return { ...going, self: resolve(self, batch.partition), observe }
  }
  return { ...going, self: landed(self, batch, topic, e.baseOffset) }
}

function say(
  going: Going,
  batch: PendingBatch,
  me: Self,
  how: Pick<Refused, 'reason' | 'final'>,
): Going {
  const seen = batch.messages.map((message): Seen => {
    return { kind: 'refused', actor: me.id, message, ...how }
  })
  return { ...going, observe: [...going.observe, ...seen] }
}
type Refused = Extract<Seen, { kind: 'refused' }>

/** A batch was refused, or its connection is gone: once more, or never again (Sender.completeBatch). */
export function refused(going: Going, batch: PendingBatch, error: Failure, me: Self): Going {
  const gap = error === 'OUT_OF_ORDER_SEQUENCE_NUMBER'
  const retries = batch.attempts - 1 < me.settings.retries
  if (!retries || !(gap || RETRIABLE.includes(error))) return failed(going, batch, error, me)
  if (inPhase(going.self, 'abortable', 'aborting')) return going
  if (
    going.self.transaction !== null &&
    gap &&
    !isBehind(laneAt(going.self, batch.partition), batch)
  )
    return failed(going, batch, error, me)
  const told = say(going, batch, me, { reason: error, final: false })
  const lane = laneAt(told.self, batch.partition)
  const overtaken = gap && batch.epoch === lane.epoch && batch.firstSequence <= lane.lastAcked
  const again: PendingBatch = { ...batch, status: 'backing off', overtaken }
  const self = withLane(told.self, batch.partition, { ...lane, queue: requeue(lane, again) })
  if (!gap || isBehind(lane, batch)) return { ...told, self }
  return { ...told, self: raiseEpoch(self, batch.partition) }
}

/**
 * 45 means nothing while an earlier batch is unanswered: this one comes after it. Otherwise there is a gap
 * that waiting does not close (TransactionManager.canRetry).
 */
function isBehind(lane: Lane, batch: PendingBatch): boolean {
  return !lane.unresolved && (batch.renumbered || !isNext(lane, batch))
}

/**
 * Without idempotence a batch goes to the front of its queue, so that several that are lost together, the
 * oldest first, come back in the opposite order (RecordAccumulator.reenqueue).
 */
function requeue(lane: Lane, batch: PendingBatch): readonly PendingBatch[] {
  return batch.firstSequence < 0 ? [batch, ...lane.queue] : inSequence(lane.queue, batch)
}

/** send() fails for good. The application may send the same facts again under new event ids. */
function failed(going: Going, batch: PendingBatch, error: Failure, me: Self): Going {
  if (going.self.transaction !== null) {
    const told = say(going, batch, me, { reason: error, final: false })
    return { ...told, self: abortable(told.self, error) }
  }
  const told = say(going, batch, me, { reason: error, final: true })
  const self = withOutbox(unserved(told.self, batch), batch.messages, me)
  if (batch.firstSequence < 0) return { ...told, self }
  const leavesGap =
    error === 'OUT_OF_ORDER_SEQUENCE_NUMBER' ||
    (error !== 'TimeoutException' && batch.attempts - 1 < me.settings.retries)
  if (leavesGap) return { ...told, self: raiseEpoch(self, batch.partition) }
  return { ...told, self: resolve(self, batch.partition) }
}

/** The service that waits for it hears that it failed. */
function unserved(s: ProducerState, batch: PendingBatch): ProducerState {
  const { serving } = s
  if (serving?.call !== 'publish' || serving.id !== batch.id) return s
  return { ...s, serving: { ...serving, failed: true } }
}

export function withOutbox(
  s: ProducerState,
  messages: readonly Message[],
  me: Self,
): ProducerState {
  if (!me.settings.resendsWithNewId) return s
  return { ...s, outbox: [...s.outbox, ...messages.map(resent)] }
}

/** The connection to a node is gone, with everything in flight on it, oldest first. */
export function disconnected(s: ProducerState, node: number, me: Self): Going {
  const lost = flightsOf(s, node).filter((batch) => batch.status === 'in flight')
  let going: Going = { self: withFlights({ ...s, stale: true }, node, []), send: [], observe: [] }
  for (const batch of lost) going = refused(going, batch, 'NETWORK_EXCEPTION', me)
  return drain(going, me)
}

/** Its answer is ignored when it comes; until then the request takes its place on the connection. */
function withGivenUp(s: ProducerState, batch: PendingBatch): ProducerState {
  const node = s.inFlight.findIndex((flights) => flights.some((each) => each.id === batch.id))
  const flights = flightsOf(s, node).map(
    (each): PendingBatch => (each.id === batch.id ? { ...each, status: 'given up' } : each),
  )
  return withFlights(s, node, flights)
}

/** delivery.timeout.ms is over for one batch, wherever it is. Its request, if any, stays unanswered. */
export function expire(s: ProducerState, batch: PendingBatch, me: Self): Going {
  const { partition } = batch
  const lane = laneAt(s, partition)
  // Queued once more (ProducerBatch.inRetry), whether its backoff is over or not.
  const inRetry = batch.attempts > (batch.status === 'in flight' ? 1 : 0)
  const unresolved = lane.unresolved || (inRetry && batch.firstSequence >= 0)
  const queue = lane.queue.filter((each) => each.id !== batch.id)
  const without = withLane(s, partition, { ...lane, queue, unresolved })
  const self = batch.status === 'in flight' ? withGivenUp(without, batch) : without
  return drain(failed({ self, send: [], observe: [] }, batch, 'TimeoutException', me), me)
}
