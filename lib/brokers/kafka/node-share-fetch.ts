// What a node has for the members of a share group: which records it may show them, and acquiring those.
import { at } from '../../engine/tape.ts'
import { batchAt, batchFrom, type Log, messageIn } from './log.ts'
import { segmentEnd } from './log-segments.ts'
import {
  type GroupPartition,
  isAt,
  NO_SHARES,
  type ParkedShareFetch,
  type ShareSession,
  withPartition,
  withSession,
} from './node-share-state.ts'
import {
  type LaneOf,
  type NodeState,
  replicaOf,
  type Self,
  type ShareGroupSettings,
} from './node-state.ts'
import type { AcquiredRecord, ShareFetch } from './protocol-share.ts'
import { lastStableOffset } from './replica.ts'
import { acquire, canAcquire, fetchOffset, type Wish } from './share-acquire.ts'
import { acknowledge, startingAt } from './share-partition.ts'

export const configOf = (me: Self, group: string): ShareGroupSettings =>
  me.settings.shareGroups?.[group] as ShareGroupSettings

const readsCommitted = (config: ShareGroupSettings): boolean =>
  config['share.isolation.level'] === 'read_committed'

/** Up to where a group may read. */
function endFor(s: NodeState, lane: LaneOf, group: string, me: Self): number {
  const replica = replicaOf(s, lane, me)
  const committed = readsCommitted(configOf(me, group))
  return committed ? lastStableOffset(replica) : replica.highWatermark
}

/** A share-partition as it stands; of one that nobody has read yet, where its group begins. */
export function partitionOf(s: NodeState, group: string, lane: LaneOf, me: Self): GroupPartition {
  const { topic, partition } = lane
  const place = { group, topic, partition }
  const known = s.share?.partitions.find((each) => isAt(each, place))
  if (known !== undefined) return known
  const { log, highWatermark } = replicaOf(s, lane, me)
  const reset = configOf(me, group)['share.auto.offset.reset']
  return { ...place, state: startingAt(reset === 'latest' ? highWatermark : log.start) }
}

function canGive(s: NodeState, group: string, lane: LaneOf, me: Self): boolean {
  const { state } = partitionOf(s, group, lane, me)
  const maxLocks = configOf(me, group)['share.partition.max.record.locks']
  return canAcquire(state, endFor(s, lane, group, me), maxLocks)
}

export function canGiveAny(s: NodeState, group: string, lanes: ShareFetch['partitions'], me: Self) {
  for (const lane of lanes) if (canGive(s, group, lane, me)) return true
  return false
}

function isAborted(log: Log, offset: number, producerId: number): boolean {
  return log.aborted.some(
    (each) =>
      each.producerId === producerId && each.firstOffset <= offset && offset <= each.lastOffset,
  )
}

/** Whose transaction a batch is of, also where compaction has left only its header; -1: nobody's, or its end. */
function writerAt(log: Log, offset: number): number {
  const record = at(log.records, offset)
  if (record === null || record === undefined) {
    const { first } = batchAt(log, offset)
    return log.cleaning.hollow.find((each) => each.first === first)?.producerId ?? -1
  }
  return 'message' in record ? record.producerId : -1
}

/** SharePartition.fetchAbortedTransactionRecordBatches: of these the consumer never hears. */
function isHidden(log: Log, offset: number): boolean {
  const producerId = writerAt(log, offset)
  return producerId >= 0 && isAborted(log, offset, producerId)
}

interface GroupWish extends Wish {
  readonly group: string
}

export interface Taken {
  readonly s: NodeState
  readonly records: readonly AcquiredRecord[]
  /** How many offsets were acquired, those among them at which there is no record of an application. */
  readonly count: number
}

/**
 * Acquires from one partition, out of what one read brings. What no application is to see is over at once: aborted records
 * its broker archives itself, over gaps and control records its consumer goes by itself.
 */
function takeFrom(s: NodeState, lane: LaneOf, asked: GroupWish, me: Self): Taken {
  const { group } = asked
  const before = partitionOf(s, group, lane, me)
  const { log } = replicaOf(s, lane, me)
  const read = segmentEnd(log, batchFrom(log, fetchOffset(before.state)).first)
  const wish = { ...asked, end: Math.min(asked.end, read) }
  const { partition: state, acquired } = acquire(before.state, log, wish)
  const hides = readsCommitted(configOf(me, group))
  const { topic, partition } = lane
  const told = hides ? acquired.filter(({ offset }) => !isHidden(log, offset)) : acquired
  const records = told.flatMap(({ offset, deliveryCount }): AcquiredRecord[] => {
    const message = messageIn(at(log.records, offset))
    if (message === null) return []
    const batchEnd = batchAt(log, offset).last
    return [{ topic, partition, offset, message, deliveryCount, batchEnd }]
  })
  const hidden = acquired.filter(({ offset }) => records.every((each) => each.offset !== offset))
  const over = hidden.map(({ offset }) => ({ topic, partition, offset, type: 'ACCEPT' as const }))
  const passed = over.length === 0 ? null : acknowledge(state, wish.member, over, wish.countLimit)
  const changed = { ...before, state: passed?.partition ?? state }
  const share = withPartition(s.share ?? NO_SHARES, changed)
  return { s: { ...s, share }, records, count: told.length }
}

/** Acquires from the partitions asked for, each time beginning with the next one. */
export function take(
  s: NodeState,
  session: ShareSession,
  asked: ParkedShareFetch,
  me: Self,
): Taken {
  const { group, member, turn } = session
  const { partitions, maxRecords, mode } = asked
  const config = configOf(me, group)
  const first = turn % partitions.length
  let now = s
  let records: readonly AcquiredRecord[] = []
  let count = 0
  for (const lane of [...partitions.slice(first), ...partitions.slice(0, first)]) {
    const wish: GroupWish = {
      group,
      member,
      maxRecords: maxRecords - count,
      batchSize: maxRecords,
      mode,
      end: endFor(s, lane, group, me),
      countLimit: config['share.delivery.count.limit'],
      maxLocks: config['share.partition.max.record.locks'],
    }
    const taken = takeFrom(now, lane, wish, me)
    now = taken.s
    records = [...records, ...taken.records]
    count += taken.count
  }
  const after = { ...session, turn: (turn + 1) % partitions.length, parked: null }
  return { s: { ...now, share: withSession(now.share ?? NO_SHARES, after) }, records, count }
}
