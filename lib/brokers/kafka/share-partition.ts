// A share-partition: what the leader of a partition knows of one share group's records in it, KIP-932
// (kafka.server.share.SharePartition, InFlightBatch, InFlightState). How records are acquired: share-acquire.ts.
import type { Acknowledgement, AcknowledgeType } from './protocol-share.ts'

export type RecordState = 'AVAILABLE' | 'ACQUIRED' | 'ACKNOWLEDGED' | 'ARCHIVED'

export interface InFlight {
  readonly state: RecordState
  readonly deliveryCount: number
  /** Who has acquired it; '' for nobody. */
  readonly member: string
  /** Changes with each renewal of the lock, so that its time begins anew. */
  readonly renewed: boolean
}

/**
 * Records that were acquired together. They are acquired, and their lock expires, as one until their states
 * part: from then on each is tracked by itself.
 */
export interface InFlightBatch {
  readonly first: number
  readonly records: readonly InFlight[]
  readonly tracked: boolean
}

export interface SharePartition {
  /** Share-partition start offset (SPSO): everything below is acknowledged or archived. */
  readonly start: number
  /** By offset, without gaps, from `start` or a little below on; the end of the last is the SPEO. */
  readonly batches: readonly InFlightBatch[]
  /** Something has been written to the share coordinator: it outlives the group's last session. */
  readonly persisted: boolean
}

export function startingAt(start: number): SharePartition {
  return { start, batches: [], persisted: false }
}

export const lastOf = (batch: InFlightBatch): number => batch.first + batch.records.length - 1

/** The offset after the last one that was ever acquired. */
export function nextOffset(p: SharePartition): number {
  const last = p.batches.at(-1)
  return last === undefined ? p.start : lastOf(last) + 1
}

export function inFlightAt(p: SharePartition, offset: number): InFlight | undefined {
  for (const batch of p.batches) {
    if (offset <= lastOf(batch)) return batch.records[offset - batch.first]
  }
  return undefined
}

const isOver = ({ state }: InFlight): boolean => state === 'ACKNOWLEDGED' || state === 'ARCHIVED'

/** Records between start and end that are neither acknowledged nor archived. */
export function inFlightCount(p: SharePartition): number {
  let count = 0
  for (const { first, records } of p.batches) {
    for (let i = 0; i < records.length; i++) {
      if (first + i >= p.start && !isOver(records[i] as InFlight)) count += 1
    }
  }
  return count
}

/** Offset of the first record that can be acquired again; -1: there is none. */
export function firstAvailable(p: SharePartition): number {
  for (const { first, records } of p.batches) {
    const index = records.findIndex(({ state }) => state === 'AVAILABLE')
    if (index >= 0) return first + index
  }
  return -1
}

/** Offsets that somebody holds. */
export function acquiredOffsets(p: SharePartition): readonly number[] {
  return p.batches.flatMap(({ first, records }) =>
    records.flatMap(({ state }, i) => (state === 'ACQUIRED' ? [first + i] : [])),
  )
}

/** InFlightState.tryUpdateState: a record on its last delivery does not become available again. */
export function released(record: InFlight, limit: number): InFlight {
  const state = record.deliveryCount >= limit ? 'ARCHIVED' : 'AVAILABLE'
  return { ...record, state, member: '' }
}

function acknowledged(record: InFlight, type: AcknowledgeType, limit: number): InFlight {
  switch (type) {
    case 'ACCEPT':
      return { ...record, state: 'ACKNOWLEDGED', member: '' }
    case 'REJECT':
      return { ...record, state: 'ARCHIVED', member: '' }
    case 'RELEASE':
      return released(record, limit)
    case 'RENEW':
      return { ...record, renewed: !record.renewed }
  }
}

export interface Changed {
  readonly partition: SharePartition
  /** Offsets that were archived by this. */
  readonly archived: readonly number[]
}

type Change = (record: InFlight, offset: number) => InFlight

/** Every record as `change` says; a batch whose states part, or of which only some change, is tracked from then on. */
function changed(p: SharePartition, change: Change): Changed {
  const archived: number[] = []
  const batches = p.batches.map((batch) => {
    const records = batch.records.map((record, i) => {
      const next = change(record, batch.first + i)
      if (next !== record && next.state === 'ARCHIVED') archived.push(batch.first + i)
      return next
    })
    const touched = records.filter((record, i) => record !== batch.records[i])
    if (touched.length === 0) return batch
    const parted = touched.length < records.length || touched.some(isUnlike(touched[0]))
    return { ...batch, records, tracked: batch.tracked || parted }
  })
  return { partition: advanced({ ...p, batches, persisted: true }), archived }
}

const isUnlike = (first: InFlight | undefined) => (record: InFlight) =>
  record.state !== first?.state || record.renewed !== first.renewed

/** SharePartition.maybeUpdateCachedStateAndOffsets: the start moves past everything that is over. */
export function advanced(p: SharePartition): SharePartition {
  let { start } = p
  for (const { first, records } of p.batches) {
    for (let i = Math.max(0, start - first); i < records.length; i++) {
      if (!isOver(records[i] as InFlight)) return droppedBelow(p, start)
      start = first + i + 1
    }
  }
  return droppedBelow(p, start)
}

function droppedBelow(p: SharePartition, start: number): SharePartition {
  if (start === p.start) return p
  return { ...p, start, batches: p.batches.filter((batch) => lastOf(batch) >= start) }
}

/**
 * SharePartition.updateCacheAndOffsets: the log begins later, and what lies below comes to nobody any more. A batch that
 * is held keeps its one lock for what is left of it.
 */
export function startingLater(p: SharePartition, logStart: number): SharePartition {
  if (logStart <= p.start) return p
  const batches = p.batches.map((batch): InFlightBatch => {
    if (batch.first >= logStart) return batch
    const records = batch.records.map((record, i) => {
      const stays = batch.first + i >= logStart || isOver(record)
      return stays ? record : { ...record, state: 'ARCHIVED' as const, member: '' }
    })
    const isParted = batch.records.some(({ state }) => state === 'AVAILABLE')
    return { ...batch, records, tracked: batch.tracked || isParted }
  })
  return advanced(droppedBelow({ ...p, batches }, logStart))
}

/**
 * SharePartition.acknowledge: all of them stand, or, where the member holds one of these records no more,
 * none (null: INVALID_RECORD_STATE). What lies below the start is over already, which is no error.
 */
export function acknowledge(
  p: SharePartition,
  member: string,
  asked: readonly Acknowledgement[],
  limit: number,
): Changed | null {
  const valid = asked.every(({ offset }) => {
    if (offset < p.start) return true
    const record = inFlightAt(p, offset)
    return record?.state === 'ACQUIRED' && record.member === member
  })
  if (!valid) return null
  return changed(p, (record, offset) => {
    const found = asked.find((each) => each.offset === offset)
    if (found === undefined || offset < p.start) return record
    return acknowledged(record, found.type, limit)
  })
}

/** SharePartition.releaseAcquiredRecords: a session has ended. Its deliveries count all the same. */
export function releaseOf(p: SharePartition, member: string, limit: number): Changed {
  return changed(p, (record) =>
    record.state === 'ACQUIRED' && record.member === member ? released(record, limit) : record,
  )
}

/** The lock of this record has expired: of its whole batch while that is not tracked record by record. */
export function expired(p: SharePartition, offset: number, limit: number): Changed {
  const batch = p.batches.find((each) => offset <= lastOf(each)) as InFlightBatch
  return changed(p, (record, at) => {
    const concerned = batch.tracked ? at === offset : at >= batch.first && at <= lastOf(batch)
    return concerned && record.state === 'ACQUIRED' ? released(record, limit) : record
  })
}

/**
 * What the share coordinator knows; null: nothing. Who holds a record is not written, nor that somebody does: until it is
 * settled it is as it was before.
 */
export function written(p: SharePartition): SharePartition | null {
  if (!p.persisted) return null
  const batches = p.batches.map((batch) => ({ ...batch, records: batch.records.map(unheld) }))
  const like = reloaded({ ...p, batches })
  return isUntouched(like.batches.at(-1)) ? { ...like, batches: like.batches.slice(0, -1) } : like
}

function unheld({ state, deliveryCount }: InFlight): InFlight {
  const isHeld = state === 'ACQUIRED'
  const free = { member: '', renewed: false }
  return isHeld
    ? { ...free, state: 'AVAILABLE', deliveryCount: deliveryCount - 1 }
    : { ...free, state, deliveryCount }
}

/** Nothing has ever been written of it. */
function isUntouched(batch: InFlightBatch | undefined): boolean {
  const [first] = batch?.records ?? []
  return first?.state === 'AVAILABLE' && first.deliveryCount === 0
}

/** What the share coordinator gives back to a leader that has to load it: like records are one batch again. */
export function reloaded(p: SharePartition): SharePartition {
  const all = p.batches.flatMap(({ first, records }) =>
    records.flatMap((record, i) => (first + i < p.start ? [] : [{ offset: first + i, record }])),
  )
  const batches: InFlightBatch[] = []
  for (const { offset, record } of all) {
    const last = batches.at(-1)
    const [before] = last?.records ?? []
    const alike = before?.state === record.state && before.deliveryCount === record.deliveryCount
    if (last !== undefined && alike) {
      batches[batches.length - 1] = { ...last, records: [...last.records, record] }
    } else batches.push({ first: offset, records: [record], tracked: false })
  }
  return { ...p, batches }
}
