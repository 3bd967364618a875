// How partitions are drawn: a tape for each, with the high watermark and, per offset, one pole of committed
// positions. A committed offset is the coordinator's knowledge; it is drawn on the partition's tape.
// Of a transaction it shows what the log knows: open, aborted, and the control records that end it.
import { at } from '../../engine/tape.ts'
import type { Look } from '../../picture/look.ts'
import { tokenOf } from '../../picture/look.ts'
import type { Part, PointerPart, Slot, TapePart } from '../../picture/types.ts'
import { type Locks, startsOf, takenAt } from './draw-locks.ts'
import { type Log, logEnd, messageIn, type OpenTransaction } from './log.ts'
import { lastStableOffset, type Replica } from './replica.ts'

/** More cells than any tape shows; scenes take the last that fit. */
const SLOTS = 48

/** Position of a group on a lane: the next offset it would read after a restart. */
export interface Committed {
  readonly group: string
  readonly letter: string
  readonly offset: number
  /** A member of this group is down, and its position stands where it left it. */
  readonly hot: boolean
}

/** The last records of a replica, and the offset of the first of them. */
export function slotsOf(
  lane: string,
  replica: Replica,
  look: Look,
): { readonly first: number; readonly slots: readonly Slot[] } {
  const { log } = replica
  const first = Math.max(log.start, logEnd(log) - SLOTS)
  const slots = Array.from({ length: Math.max(0, logEnd(log) - first) }, (_, index): Slot => {
    const sinceMs = look.storedMs(lane, first + index)
    const slot = slotAt(replica, first + index, look)
    return sinceMs === null ? slot : { ...slot, sinceMs }
  })
  return { first, slots }
}

/** Above the high watermark a record may still be lost: not every replica in sync has it. */
function slotAt({ log, highWatermark }: Replica, offset: number, look: Look): Slot {
  const record = at(log.records, offset) ?? null
  const status = offset >= highWatermark ? 'pending' : 'stored'
  const message = messageIn(record)
  const slot = { offset, token: message === null ? null : tokenOf(message, look), status } as const
  if (record === null) return { ...slot, gone: true }
  if ('control' in record)
    return { ...slot, control: record.control === 'COMMIT' ? 'commit' : 'abort' }
  const transaction = 'producerId' in record ? fateOf(log, record.producerId, offset) : null
  return transaction === null ? slot : { ...slot, transaction }
}

/** What became of the transaction that a record belongs to; null once it is committed. */
function fateOf(log: Log, producer: number, offset: number): 'open' | 'aborted' | null {
  const own = (each: OpenTransaction) => each.producerId === producer && each.firstOffset <= offset
  if (log.open.some(own)) return 'open'
  const isAborted = log.aborted.some((each) => own(each) && offset < each.lastOffset)
  return isAborted ? 'aborted' : null
}

function poles(tape: string, committed: readonly Committed[]): readonly PointerPart[] {
  const offsets = [...new Set(committed.map((each) => each.offset))].sort((a, b) => a - b)
  return offsets.map((offset) => ({
    kind: 'pointer',
    of: tape,
    at: offset,
    flag: 'committed',
    groups: committed
      .filter((each) => each.offset === offset)
      .map(({ group, letter, hot }) => ({ id: group, letter, hot })),
  }))
}

interface Locked {
  readonly log: string
  readonly locks: readonly Locks[]
  readonly look: Look
}

function locked(slot: Slot, { log, locks, look }: Locked): Slot {
  const past = { log, event: slot.token?.message ?? '', look }
  const taken = takenAt(locks, slot.offset, past)
  return taken.length === 0 ? slot : { ...slot, taken }
}

/** Told only where it lies below the watermark: while a transaction is open. */
function lastStable(of: string, replica: Replica): readonly PointerPart[] {
  const at = lastStableOffset(replica)
  if (at >= replica.highWatermark) return []
  return [{ kind: 'pointer', of, at, flag: 'LSO', groups: [] }]
}

export interface DrawnLane {
  readonly topic: string
  readonly partition: number
  /** As its leader has it. */
  readonly replica: Replica
  readonly hasLeader: boolean
  readonly committed: readonly Committed[]
  /** Of the share groups that read it; empty where there is none. */
  readonly locks: readonly Locks[]
}

export function drawLane(
  { topic, partition, replica, hasLeader, committed, locks }: DrawnLane,
  look: Look,
): readonly Part[] {
  const id = `${topic}/${partition}`
  const { start } = replica.log
  const { first, slots } = slotsOf(id, replica, look)
  const tape: TapePart = {
    kind: 'tape',
    id,
    title: `P${partition}`,
    stream: topic,
    first,
    end: logEnd(replica.log),
    slots: locks.length === 0 ? slots : slots.map((slot) => locked(slot, { log: id, locks, look })),
    ...(locks.length === 0
      ? {}
      : { lockedBy: locks.map(({ group, letter }) => ({ group, letter })) }),
    ...(start === 0 ? {} : { start }),
    badge: hasLeader ? '' : 'no leader',
  }
  const watermark: PointerPart = {
    kind: 'pointer',
    of: id,
    at: replica.highWatermark,
    flag: 'HW',
    groups: [],
  }
  return [
    tape,
    watermark,
    ...lastStable(id, replica),
    ...poles(id, [...committed, ...startsOf(locks)]),
  ]
}
