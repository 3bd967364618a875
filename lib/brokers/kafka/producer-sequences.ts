// The numbering of an idempotent producer, client side (TransactionManager, TxnPartitionMap; KIP-98, KIP-360).
// Sequence numbers run per partition; a gap that cannot be explained raises the epoch and starts at 0 again.
import { addSequence } from './log.ts'
import {
  type Lane,
  laneAt,
  type PendingBatch,
  type ProducerState,
  withLane,
} from './producer-state.ts'

/**
 * Unanswered batches of one partition; those given up do not count. Where its leader has changed, some may be on
 * the connection to the one before.
 */
function onTheWire(s: ProducerState, partition: number): readonly PendingBatch[] {
  const found: PendingBatch[] = []
  for (const flights of s.inFlight) {
    for (const each of flights) {
      if (each.partition === partition && each.status === 'in flight') found.push(each)
    }
  }
  return found
}

/** Batches that have numbers and no answer yet, by number (inflightBatchesBySequence). */
function outstanding(s: ProducerState, partition: number): readonly PendingBatch[] {
  const queued = laneAt(s, partition).queue.filter((batch) => batch.firstSequence >= 0)
  const all = [...onTheWire(s, partition), ...queued]
  return all.sort((a, b) => (precedes(a.firstSequence, b.firstSequence) ? -1 : 1))
}

const HALF = 2 ** 30

/** Whether one sequence number comes before another, across the wrap at 2147483647. */
export function precedes(a: number, b: number): boolean {
  const distance = b - a
  return distance > 0 ? distance < HALF : distance < -HALF
}

/**
 * Whether the batch at the head of its queue may go out (RecordAccumulator.shouldStopDrainBatchesForPartition):
 * a new one not while numbers are in doubt or batches of another epoch are unanswered; one that is being
 * retried only when nothing with a lower number is unanswered.
 */
export function mayGo(s: ProducerState, head: PendingBatch): boolean {
  if (s.producerId < 0) return false
  const wire = onTheWire(s, head.partition)
  if (head.firstSequence < 0) {
    if (laneAt(s, head.partition).unresolved) return false
    return wire.every((batch) => batch.epoch === s.epoch)
  }
  return wire.every((batch) => !precedes(batch.firstSequence, head.firstSequence))
}

/** Gives the batch the next numbers of its partition, unless it has some. */
export function number(
  s: ProducerState,
  batch: PendingBatch,
): { readonly lane: Lane; readonly batch: PendingBatch } {
  const before = laneAt(s, batch.partition)
  if (batch.firstSequence >= 0) return { lane: before, batch }
  const stale = before.epoch !== s.epoch && outstanding(s, batch.partition).length === 0
  const lane = stale ? { ...before, epoch: s.epoch, nextSequence: 0, lastAcked: -1 } : before
  const firstSequence = lane.nextSequence
  const nextSequence = addSequence(firstSequence, batch.messages.length)
  return { lane: { ...lane, nextSequence }, batch: { ...batch, firstSequence, epoch: lane.epoch } }
}

export function acknowledge(lane: Lane, batch: PendingBatch): Lane {
  const last = addSequence(batch.firstSequence, batch.messages.length - 1)
  const later = lane.lastAcked < 0 || precedes(lane.lastAcked, last)
  return later ? { ...lane, lastAcked: last } : lane
}

export function isNext(lane: Lane, batch: PendingBatch): boolean {
  return batch.firstSequence === addSequence(lane.lastAcked, 1)
}

/**
 * The epoch goes up by one and this partition's unanswered batches are numbered from 0 (KIP-360). Other
 * partitions follow when nothing of theirs is unanswered. The limit of 32767 epochs is left out.
 */
export function raiseEpoch(s: ProducerState, partition: number): ProducerState {
  const epoch = s.epoch + 1
  let nextSequence = 0
  const renumbered = new Map<string, PendingBatch>()
  for (const batch of outstanding(s, partition)) {
    renumbered.set(batch.id, { ...batch, firstSequence: nextSequence, epoch, renumbered: true })
    nextSequence = addSequence(nextSequence, batch.messages.length)
  }
  const change = (batch: PendingBatch) =>
    batch.partition === partition && batch.status !== 'given up'
      ? (renumbered.get(batch.id) ?? batch)
      : batch
  const lane = laneAt(s, partition)
  const queue = lane.queue.map(change)
  const next = { ...lane, queue, epoch, nextSequence, lastAcked: -1, unresolved: false }
  const inFlight = s.inFlight.map((flights) => flights.map(change))
  return withLane({ ...s, epoch, inFlight }, partition, next)
}

/**
 * Once a partition with doubtful numbers has no unanswered batch (maybeResolveSequences): if the broker
 * acknowledged the last number given out, all is well; if not there is a gap, and the epoch is raised.
 */
export function resolve(s: ProducerState, partition: number): ProducerState {
  const lane = laneAt(s, partition)
  if (!lane.unresolved || outstanding(s, partition).length > 0) return s
  const whole = addSequence(lane.lastAcked, 1) === lane.nextSequence
  if (!whole) return raiseEpoch(s, partition)
  return withLane(s, partition, { ...lane, unresolved: false })
}

/** Back into the queue, in the order of the numbers (RecordAccumulator.insertInSequenceOrder). */
export function inSequence(
  queue: readonly PendingBatch[],
  batch: PendingBatch,
): readonly PendingBatch[] {
  const at = queue.findIndex(
    (each) => each.firstSequence < 0 || precedes(batch.firstSequence, each.firstSequence),
  )
  return at < 0 ? [...queue, batch] : [...queue.slice(0, at), batch, ...queue.slice(at)]
}
