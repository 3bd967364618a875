// What one Kafka producer knows: its workload, its accumulator (a queue of batches per partition), what is
// in flight on each connection, and the numbering of an idempotent producer.
import type { Message } from '../../clients/types.ts'
import type { Workload } from '../../clients/workload.ts'
import type { Envelope, Me, Range } from '../../engine/types.ts'
import { NOT_STUCK, type Sticky } from './partitioner.ts'
import type { Serving } from './producer-service.ts'
import type { ProducerTransaction } from './producer-transactions.ts'
import type { TopicMetadata } from './protocol.ts'
import type { ProducerConfig } from './settings.ts'

export interface ProducerSettings extends ProducerConfig {
  readonly topic: string
  readonly workload: Workload
  /** Node ids, in the order by which the metadata names leaders. */
  readonly nodes: readonly string[]
  /** The application keeps what is unconfirmed and sends it again under a new event id. */
  readonly resendsWithNewId: boolean
  /** How many events belong together in one transaction; 0: somebody else says so. */
  readonly together: number
  readonly startsAtMs: number
  /** It is part of a service's process, and sends what that asks it to. */
  readonly inService: boolean
  /** The port to the coordinator of that service's group. */
  readonly groupPort: string
  readonly restartMs: Range
  readonly pauseMs: Range
}

/**
 * filling: waits for more records (linger.ms). ready: to be sent when its turn comes. backing off: to be
 * sent again after a while. in flight: unanswered. given up: unanswered, and its time is over; send() has
 * failed already, the answer will be ignored.
 */
export type BatchStatus = 'filling' | 'ready' | 'backing off' | 'in flight' | 'given up'

export interface PendingBatch {
  /** Event id of its first message. */
  readonly id: string
  readonly partition: number
  readonly messages: readonly Message[]
  readonly status: BatchStatus
  /** How often it has been sent. */
  readonly attempts: number
  /** -1 while it has no number, or when the producer is not idempotent. */
  readonly firstSequence: number
  readonly epoch: number
  /** It got new numbers after the epoch was raised (ProducerBatch.sequenceHasBeenReset). */
  readonly renumbered: boolean
  /** Refused because a later batch is stored already: no retry of it will ever be taken. */
  readonly overtaken: boolean
}

/** Per partition (RecordAccumulator's deque; TxnPartitionEntry for the numbering). */
export interface Lane {
  readonly queue: readonly PendingBatch[]
  readonly epoch: number
  readonly nextSequence: number
  /** Last sequence number the broker acknowledged; -1 for none. */
  readonly lastAcked: number
  /** A retried batch ran out of time, so nobody knows whether its numbers were used. */
  readonly unresolved: boolean
}

export interface ProducerState {
  /** stopped: it has ended by itself and is not started again. */
  readonly life: 'new' | 'running' | 'paused' | 'crashed' | 'stopped'
  /** 0 while unknown. */
  readonly partitions: number
  /** Who leads each partition as far as it has heard, and at which leader epoch. */
  readonly metadata: TopicMetadata
  /** A leader that it knew has refused, or is gone: it wants to hear of a change at once. */
  readonly stale: boolean
  /** -1 while it has none. */
  readonly producerId: number
  readonly epoch: number
  /** Position in the workload: how many messages the application has handed over. */
  readonly next: number
  /** What the application is going to send again under new event ids. */
  readonly outbox: readonly Message[]
  readonly sticky: Sticky
  readonly lanes: readonly Lane[]
  /** Per node, oldest first. */
  readonly inFlight: readonly (readonly PendingBatch[])[]
  /** Null for one without a transactional.id. */
  readonly transaction: ProducerTransaction | null
  /** The call of its service that it works on. */
  readonly serving: Serving | null
}

const NO_METADATA: TopicMetadata = { leaders: [], epochs: [] }

/** Index of the node that leads a partition, as far as the producer has heard; -1: nobody does. */
export function leaderOf(s: ProducerState, partition: number): number {
  return s.metadata.leaders[partition] ?? -1
}

export type Self = Me<ProducerSettings>
export type Send = readonly [port: string, envelope: Envelope]

export const EMPTY_LANE: Lane = {
  queue: [],
  epoch: 0,
  nextSequence: 0,
  lastAcked: -1,
  unresolved: false,
}

export function newProducer(next: number, outbox: readonly Message[]): ProducerState {
  return {
    life: 'new',
    partitions: 0,
    metadata: NO_METADATA,
    stale: false,
    producerId: -1,
    epoch: 0,
    next,
    outbox,
    sticky: NOT_STUCK,
    lanes: [],
    inFlight: [],
    transaction: null,
    serving: null,
  }
}

export const isTransactional = (settings: ProducerSettings): boolean =>
  settings['transactional.id'] !== ''

export const isIdempotent = (settings: ProducerSettings): boolean => settings['enable.idempotence']

export function withLane(s: ProducerState, partition: number, lane: Lane): ProducerState {
  const lanes = s.lanes.slice()
  while (lanes.length < partition) lanes.push(EMPTY_LANE)
  lanes[partition] = lane
  return { ...s, lanes }
}

export function laneAt(s: ProducerState, partition: number): Lane {
  return s.lanes[partition] ?? EMPTY_LANE
}

export function flightsOf(s: ProducerState, node: number): readonly PendingBatch[] {
  return s.inFlight[node] ?? []
}

export function withFlights(
  s: ProducerState,
  node: number,
  flights: readonly PendingBatch[],
): ProducerState {
  const inFlight = s.inFlight.slice()
  while (inFlight.length < node) inFlight.push([])
  inFlight[node] = flights
  return { ...s, inFlight }
}

/** Every batch whose messages are neither confirmed nor failed: queued ones, then those in flight. */
export function unconfirmed(s: ProducerState): readonly PendingBatch[] {
  const batches: PendingBatch[] = []
  for (const lane of s.lanes) for (const batch of lane.queue) batches.push(batch)
  for (const flights of s.inFlight) {
    for (const batch of flights) if (batch.status === 'in flight') batches.push(batch)
  }
  return batches
}

/**
 * Whether nothing but time ends this batch's retries: its number was used by others, or a number before
 * its own belongs to a batch that is given up, so that every try is answered with 45.
 */
export function cannotLand(s: ProducerState, id: string): boolean {
  const all = unconfirmed(s)
  const batch = all.find((each) => each.id === id)
  if (batch === undefined) return false
  if (batch.overtaken) return true
  const lane = s.lanes[batch.partition]
  if (lane === undefined || batch.epoch !== lane.epoch) return false
  const isFirst = all.every(
    ({ partition, firstSequence }) =>
      partition !== batch.partition || firstSequence < 0 || firstSequence >= batch.firstSequence,
  )
  return isFirst && batch.firstSequence > lane.lastAcked + 1
}

const NONE: readonly string[] = []

/** Ids of all queued batches. */
export function queuedIds(s: ProducerState): readonly string[] {
  let ids: string[] | undefined
  for (const lane of s.lanes) {
    for (const batch of lane.queue) {
      if (ids === undefined) ids = [batch.id]
      else ids.push(batch.id)
    }
  }
  return ids ?? NONE
}

export function queuedBatch(s: ProducerState, id: string): PendingBatch | undefined {
  for (const lane of s.lanes) {
    for (const batch of lane.queue) if (batch.id === id) return batch
  }
  return undefined
}

/** A queued batch with another status. */
export function withStatus(s: ProducerState, id: string, status: BatchStatus): ProducerState {
  const batch = queuedBatch(s, id)
  if (batch === undefined) return s
  const lane = laneAt(s, batch.partition)
  const queue = lane.queue.map((each) => (each.id === id ? { ...each, status } : each))
  return withLane(s, batch.partition, { ...lane, queue })
}
