// Acquiring records of a share-partition (SharePartition.acquire): what was given back first, then new ones. In
// whole batches unless share.acquire.mode says otherwise, and fewer at a time the oftener they came back.
import { batchAt, batchFrom, isStanding, type Log } from './log.ts'
import type { AcquireMode } from './protocol-share.ts'
import {
  firstAvailable,
  type InFlight,
  type InFlightBatch,
  inFlightCount,
  nextOffset,
  type SharePartition,
} from './share-partition.ts'

export interface Wish {
  readonly member: string
  /** max.poll.records, less what other partitions gave already. */
  readonly maxRecords: number
  readonly batchSize: number
  readonly mode: AcquireMode
  /** Up to which offset records are shown to this group. */
  readonly end: number
  readonly countLimit: number
  readonly maxLocks: number
}

export interface Acquired {
  readonly partition: SharePartition
  readonly acquired: readonly { readonly offset: number; readonly deliveryCount: number }[]
}

const NOTHING: Acquired['acquired'] = []

/** From which delivery count on records are suspected: SharePartition.throttleRecordsDeliveryLimit. */
export const suspectedFrom = (countLimit: number): number => Math.max(2, Math.ceil(countLimit / 2))

/** SharePartition.nextFetchOffset: from where records are read. */
export function fetchOffset(p: SharePartition): number {
  const available = firstAvailable(p)
  return available < 0 ? nextOffset(p) : available
}

/** SharePartition.canAcquireRecords, and that there is a record. */
export function canAcquire(p: SharePartition, end: number, maxLocks: number): boolean {
  const available = firstAvailable(p)
  if (available >= 0) return available < end
  return nextOffset(p) < end && inFlightCount(p) < maxLocks
}

function taken(record: InFlight, member: string): InFlight {
  const { deliveryCount, renewed } = record
  return { state: 'ACQUIRED', deliveryCount: deliveryCount + 1, member, renewed }
}

function isThrottled({ records }: InFlightBatch, countLimit: number): boolean {
  const from = suspectedFrom(countLimit)
  return records.some((each) => each.state === 'AVAILABLE' && each.deliveryCount >= from)
}

/**
 * SharePartition.acquireSubsetBatchRecords. Suspected records come in halves, quarters, … of their batch, and
 * one on its last delivery alone, so that a poison record takes no other with it.
 */
function acquireSome(batch: InFlightBatch, room: number, wish: Wish): InFlightBatch {
  const { countLimit, member, mode } = wish
  const from = suspectedFrom(countLimit)
  let most = mode === 'record_limit' ? room : Number.POSITIVE_INFINITY
  let count = 0
  let suspected = false
  const records = [...batch.records]
  for (let i = 0; i < records.length && count < most; i++) {
    const record = records[i] as InFlight
    if (record.state !== 'AVAILABLE') continue
    const isLast = countLimit > 2 && record.deliveryCount === countLimit - 1
    if (isLast && count > 0) break
    if (record.deliveryCount >= from && !suspected) {
      suspected = true
      const share = batch.records.length >> (record.deliveryCount - from + 1)
      most = Math.min(most, Math.max(1, share))
    }
    records[i] = taken(record, member)
    count += 1
    if (isLast) break
  }
  return { ...batch, records, tracked: true }
}

function acquireAll(batch: InFlightBatch, member: string): InFlightBatch {
  return { ...batch, records: batch.records.map((record) => taken(record, member)) }
}

const isAvailable = (batch: InFlightBatch): boolean =>
  batch.records.some(({ state }) => state === 'AVAILABLE')

const acquiredIn = (before: InFlightBatch, after: InFlightBatch): number =>
  after.records.filter((record, i) => record !== before.records[i]).length

/** What was given back. `full`: nothing more may come with it. */
function acquireAgain(p: SharePartition, room: number, wish: Wish) {
  let count = 0
  let full = false
  const batches = p.batches.map((batch) => {
    if (full || count >= room || !isAvailable(batch) || batch.first >= wish.end) return batch
    const throttled = isThrottled(batch, wish.countLimit)
    if (throttled && count > 0) {
      full = true
      return batch
    }
    const left = room - count
    const limited = wish.mode === 'record_limit' && batch.records.length > left
    const some = batch.tracked || throttled || limited
    const after = some ? acquireSome(batch, left, wish) : acquireAll(batch, wish.member)
    count += acquiredIn(batch, after)
    full = throttled
    return after
  })
  return { batches, count, full }
}

const fresh = (member: string): InFlight => ({
  state: 'ACQUIRED',
  deliveryCount: 1,
  member,
  renewed: false,
})
const UNTOUCHED: InFlight = { state: 'AVAILABLE', deliveryCount: 0, member: '', renewed: false }
const ABSENT: InFlight = { ...UNTOUCHED, state: 'ARCHIVED' }

/** Offsets of which at most `room` are wanted. */
interface Span {
  readonly first: number
  readonly until: number
  readonly room: number
}

/** SharePartition.lastOffsetFromBatchWithRequestOffset: in a gap between batches the offset itself. */
function lastOfBatch(log: Log, offset: number): number {
  const batch = batchAt(log, offset)
  return isStanding(log, batch) ? batch.last : offset
}

/** What a read did not find before its first batch is no part of what is acquired: nobody is to have it. */
function absent(first: number, until: number): readonly InFlightBatch[] {
  if (until <= first) return []
  const records = Array.from({ length: until - first }, () => ABSENT)
  return [{ first, records, tracked: false }]
}

/** SharePartition.acquireNewBatchRecords and createBatches: records that nobody has had yet. */
function acquireNew(span: Span, log: Log, wish: Wish): readonly InFlightBatch[] {
  const { first, until, room } = span
  const { member, mode, batchSize } = wish
  const wanted = until - first + 1
  const last = room < wanted ? lastOfBatch(log, first + room - 1) : until
  const count = last - first + 1
  if (mode === 'record_limit') {
    const records = Array.from({ length: count }, (_, i) => (i < room ? fresh(member) : UNTOUCHED))
    return [{ first, records, tracked: count > room }]
  }
  const starts = [first]
  for (let at = first; at <= last; at = batchAt(log, at).last + 1) {
    if (at - (starts.at(-1) as number) >= batchSize) starts.push(at)
  }
  return starts.map((start, i) => {
    const length = (starts[i + 1] ?? last + 1) - start
    const records = Array.from({ length }, () => fresh(member))
    return { first: start, records, tracked: false }
  })
}

export function acquire(p: SharePartition, log: Log, wish: Wish): Acquired {
  const room = roomFor(p, wish)
  if (room <= 0) return { partition: p, acquired: NOTHING }
  const again = acquireAgain(p, room, wish)
  const next = nextOffset(p)
  const locksLeft = wish.maxLocks - inFlightCount(p)
  const goesOn = !again.full && again.count < room && locksLeft > 0 && next < wish.end
  // A read that begins with what was given back goes over what is missing behind it.
  const first = firstAvailable(p) < 0 ? Math.max(next, batchFrom(log, next).first) : next
  const span = { first, until: wish.end - 1, room: room - again.count }
  const added = goesOn ? [...absent(next, first), ...acquireNew(span, log, wish)] : []
  const partition = { ...p, batches: [...again.batches, ...added] }
  return { partition, acquired: difference(p, partition) }
}

/** SharePartition.lastOffsetAndMaxRecordsToAcquire: with all locks in use, only what was given back. */
function roomFor(p: SharePartition, wish: Wish): number {
  const locksLeft = wish.maxLocks - inFlightCount(p)
  if (locksLeft > 0) return Math.min(wish.maxRecords, locksLeft)
  const available = firstAvailable(p)
  return available < 0 ? 0 : Math.min(wish.maxRecords, nextOffset(p) - available)
}

function difference(before: SharePartition, after: SharePartition): Acquired['acquired'] {
  return after.batches.flatMap(({ first, records }, b) =>
    records.flatMap((record, i) => {
      const known = before.batches[b]?.records[i]
      if (record === known || record.state !== 'ACQUIRED') return []
      return [{ offset: first + i, deliveryCount: record.deliveryCount }]
    }),
  )
}
