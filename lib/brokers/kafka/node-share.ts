// Share groups on a broker node (KIP-932): it acquires records for members, keeps a lock on each for a while, and
// hears what became of them. What it does, it tells the share coordinator, which is not modelled apart.
import type { Message, Seen } from '../../clients/types.ts'
import { at } from '../../engine/tape.ts'
import type { Out } from '../../engine/types.ts'
import { batchAt, type Log, messageIn } from './log.ts'
import {
  type GroupPartition,
  isAt,
  NO_SHARES,
  type ParkedShareFetch,
  type ShareSession,
  type ShareState,
  sessionAt,
  withPartition,
  withSession,
} from './node-share-state.ts'
import {
  type LaneOf,
  type NodeState,
  replicaOf,
  rule,
  type Self,
  type ShareGroupSettings,
} from './node-state.ts'
import type {
  AcknowledgeError,
  Acknowledgement,
  AcquiredRecord,
  ShareAcknowledge,
  ShareAcknowledgeResponse,
  ShareFetch,
  ShareFetchResponse,
} from './protocol-share.ts'
import { lastStableOffset } from './replica.ts'
import { acquire, canAcquire, type Wish } from './share-acquire.ts'
import {
  acknowledge,
  acquiredOffsets,
  type Changed,
  expired,
  inFlightAt,
  releaseOf,
  reloaded,
  startingAt,
} from './share-partition.ts'

/** Which lock: a record delivered again, or held again by a renewal, has another. */
export interface LockOf extends LaneOf {
  readonly group: string
  readonly offset: number
  readonly deliveryCount: number
  readonly renewed: boolean
}

const configOf = (me: Self, group: string): ShareGroupSettings =>
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
function partitionOf(s: NodeState, group: string, lane: LaneOf, me: Self): GroupPartition {
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

function canGiveAny(s: NodeState, group: string, lanes: ShareFetch['partitions'], me: Self) {
  for (const lane of lanes) if (canGive(s, group, lane, me)) return true
  return false
}

function isAborted(log: Log, offset: number, producerId: number): boolean {
  return log.aborted.some(
    (each) =>
      each.producerId === producerId && each.firstOffset <= offset && offset <= each.lastOffset,
  )
}

/** The event at an offset; null for what is no application's, and for aborted records if asked to hide them. */
function shownAt(log: Log, offset: number, committedOnly: boolean): Message | null {
  const record = at(log.records, offset)
  if (committedOnly && record !== undefined && record !== null && 'producerId' in record) {
    if (isAborted(log, offset, record.producerId)) return null
  }
  return messageIn(record)
}

interface Taken {
  readonly s: NodeState
  readonly records: readonly AcquiredRecord[]
}

/** Acquires from one partition. What no application is to see is over at once: its consumer skips it. */
function takeFrom(s: NodeState, lane: LaneOf, wish: Wish, group: string, me: Self): Taken {
  const before = partitionOf(s, group, lane, me)
  const { log } = replicaOf(s, lane, me)
  const { partition: state, acquired } = acquire(before.state, log, wish)
  const hides = readsCommitted(configOf(me, group))
  const { topic, partition } = lane
  const records = acquired.flatMap(({ offset, deliveryCount }): AcquiredRecord[] => {
    const message = shownAt(log, offset, hides)
    if (message === null) return []
    const batchEnd = batchAt(log, offset).last
    return [{ topic, partition, offset, message, deliveryCount, batchEnd }]
  })
  const hidden = acquired.filter(({ offset }) => records.every((each) => each.offset !== offset))
  const over = hidden.map(({ offset }) => ({ topic, partition, offset, type: 'ACCEPT' as const }))
  const passed = over.length === 0 ? null : acknowledge(state, wish.member, over, wish.countLimit)
  const changed = { ...before, state: passed?.partition ?? state }
  return { s: { ...s, share: withPartition(s.share ?? NO_SHARES, changed) }, records }
}

/** Acquires from the partitions asked for, each time beginning with the next one. */
function take(s: NodeState, session: ShareSession, asked: ParkedShareFetch, me: Self): Taken {
  const { group, member, turn } = session
  const { partitions, maxRecords, mode } = asked
  const config = configOf(me, group)
  const first = turn % partitions.length
  let now = s
  let records: readonly AcquiredRecord[] = []
  for (const lane of [...partitions.slice(first), ...partitions.slice(0, first)]) {
    const wish: Wish = {
      member,
      maxRecords: maxRecords - records.length,
      batchSize: maxRecords,
      mode,
      end: endFor(s, lane, group, me),
      countLimit: config['share.delivery.count.limit'],
      maxLocks: config['share.partition.max.record.locks'],
    }
    const taken = takeFrom(now, lane, wish, group, me)
    now = taken.s
    records = [...records, ...taken.records]
  }
  const after = { ...session, turn: (turn + 1) % partitions.length, parked: null }
  return { s: { ...now, share: withSession(now.share ?? NO_SHARES, after) }, records }
}

function responseOf(records: readonly AcquiredRecord[]): ShareFetchResponse {
  const about = records.map(({ message }) => message.id).join(' ')
  return { kind: 'ShareFetchResponse', about, records }
}

interface Settled {
  readonly s: NodeState
  readonly observe: readonly Seen[]
}

/** Which actor a member is: '<actor>#<incarnation>'. */
const actorOf = (member: string): string => member.slice(0, member.lastIndexOf('#'))

/** A share-partition after a change, and what can be seen of it: what was archived, where the group begins now. */
function settled(
  s: NodeState,
  before: GroupPartition,
  changed: Changed,
  told: { readonly by: string; readonly reason: string },
  me: Self,
): Settled {
  const { group, topic: stream, partition: lane } = before
  const { log } = replicaOf(s, before, me)
  const base = { actor: me.id, group }
  const archived = changed.archived.flatMap((offset): Seen[] => {
    const message = messageIn(at(log.records, offset))
    const place = { stream, lane, offset }
    return message === null
      ? []
      : [{ ...base, kind: 'archived', message, place, reason: told.reason }]
  })
  const { start } = changed.partition
  const moved: readonly Seen[] =
    start === before.state.start
      ? []
      : [{ ...base, kind: 'committed', stream, lane, offset: start, by: told.by }]
  const share = withPartition(s.share as ShareState, { ...before, state: changed.partition })
  return { s: { ...s, share }, observe: [...archived, ...moved] }
}

const ABSENT: readonly AcknowledgeError[] = []

/** Partition by partition: all acknowledgements of one stand, or none. */
function acknowledgeAll(
  s: NodeState,
  group: string,
  member: string,
  asked: readonly Acknowledgement[],
  me: Self,
): Settled & { readonly errors: readonly AcknowledgeError[] } {
  const limit = configOf(me, group)['share.delivery.count.limit']
  const told = { by: actorOf(member), reason: 'rejected' }
  let now: Settled = { s, observe: [] }
  let errors = ABSENT
  for (const before of s.share?.partitions ?? []) {
    const { topic, partition } = before
    const own = asked.filter((each) => each.topic === topic && each.partition === partition)
    if (before.group !== group || own.length === 0) continue
    const changed = acknowledge(before.state, member, own, limit)
    if (changed === null) {
      errors = [...errors, { topic, partition, error: 'INVALID_RECORD_STATE' }]
      continue
    }
    const isRejected = own.some(({ type }) => type === 'REJECT')
    const reason = isRejected ? told.reason : LIMIT
    const next = settled(now.s, before, changed, { ...told, reason }, me)
    now = { s: next.s, observe: [...now.observe, ...next.observe] }
  }
  return { ...now, errors }
}

const LIMIT = 'share.delivery.count.limit'

/** The session of a new connection; a member that asks again keeps its own. */
function sessionFor(s: NodeState, e: ShareFetch, port: string): ShareSession {
  const { group, member } = e
  const known = sessionAt(s.share, port)
  if (known !== undefined && known.member === member) return known
  return { port, group, member, turn: 0, parked: null }
}

/**
 * KafkaApis.handleShareFetchRequest: what is given back by this very request is not there yet for its fetch,
 * since the share coordinator has to write it first.
 */
function fetchNow(s: NodeState, e: ShareFetch, me: Self): Out<NodeState> {
  const taken = take(s, sessionFor(s, e, me.port), e, me)
  const told = acknowledgeAll(taken.s, e.group, e.member, e.acknowledgements, me)
  return { self: told.s, reply: responseOf(taken.records), observe: told.observe }
}

function park(s: NodeState, e: ShareFetch, me: Self): Out<NodeState> {
  const { group, member, partitions, maxRecords, mode } = e
  const session = { ...sessionFor(s, e, me.port), parked: { partitions, maxRecords, mode } }
  const shares = partitions.reduce(
    (now, lane) => withPartition(now, partitionOf(s, group, lane, me)),
    s.share ?? NO_SHARES,
  )
  const parked = { ...s, share: withSession(shares, session) }
  const told = acknowledgeAll(parked, group, member, e.acknowledgements, me)
  return { self: told.s, observe: told.observe }
}

function complete(s: NodeState, port: string, me: Self): Out<NodeState> {
  const session = sessionAt(s.share, port) as ShareSession
  const taken = take(s, session, session.parked as ParkedShareFetch, me)
  return { self: taken.s, send: [[port, responseOf(taken.records)]] }
}

/**
 * SharePartitionManager.releaseSession: what the member held is available again, its delivery counted. With the
 * last session of a group, what was never written to the share coordinator is forgotten.
 */
function endSession(s: NodeState, port: string, me: Self): Settled {
  const { group, member } = sessionAt(s.share, port) as ShareSession
  const limit = configOf(me, group)['share.delivery.count.limit']
  const told = { by: actorOf(member), reason: LIMIT }
  let now: Settled = { s, observe: [] }
  for (const before of s.share?.partitions ?? []) {
    if (before.group !== group) continue
    const holds = acquiredOffsets(before.state).some(
      (offset) => inFlightAt(before.state, offset)?.member === member,
    )
    if (!holds) continue
    const next = settled(now.s, before, releaseOf(before.state, member, limit), told, me)
    now = { s: next.s, observe: [...now.observe, ...next.observe] }
  }
  const share = now.s.share as ShareState
  const sessions = share.sessions.filter((each) => each.port !== port)
  const isLast = sessions.every((each) => each.group !== group)
  const partitions = isLast ? share.partitions.flatMap(forgotten(group)) : share.partitions
  return { ...now, s: { ...now.s, share: { partitions, sessions } } }
}

/** ShareGroupListener.onGroupEmpty: the next member has its partitions loaded anew. */
const forgotten = (group: string) => (each: GroupPartition) => {
  if (each.group !== group) return [each]
  return each.state.persisted ? [{ ...each, state: reloaded(each.state) }] : []
}

function acknowledgeNow(s: NodeState, e: ShareAcknowledge, me: Self): Out<NodeState> {
  const told = acknowledgeAll(s, e.group, e.member, e.acknowledgements, me)
  const { awaited, about = '' } = e
  const reply: ShareAcknowledgeResponse = {
    kind: 'ShareAcknowledgeResponse',
    about,
    awaited,
    errors: told.errors,
  }
  return { self: told.s, observe: told.observe, reply }
}

/** The final epoch: nobody waits for an answer any more. */
function finish(s: NodeState, e: ShareAcknowledge, me: Self): Out<NodeState> {
  const told = acknowledgeAll(s, e.group, e.member, e.acknowledgements, me)
  const ended = endSession(told.s, me.port, me)
  return { self: ended.s, observe: [...told.observe, ...ended.observe] }
}

const NO_LOCKS: readonly LockOf[] = []

function locksOf(s: NodeState): readonly LockOf[] {
  const locks = s.share?.partitions.flatMap(({ group, topic, partition, state }) =>
    acquiredOffsets(state).map((offset): LockOf => {
      const { deliveryCount = 0, renewed = false } = inFlightAt(state, offset) ?? {}
      return { group, topic, partition, offset, deliveryCount, renewed }
    }),
  )
  return locks ?? NO_LOCKS
}

function expire(s: NodeState, lock: LockOf, me: Self): Out<NodeState> {
  const before = partitionOf(s, lock.group, lock, me)
  const limit = configOf(me, lock.group)['share.delivery.count.limit']
  const told = { by: me.id, reason: LIMIT }
  const { s: self, observe } = settled(
    s,
    before,
    expired(before.state, lock.offset, limit),
    told,
    me,
  )
  return { self, observe }
}

const NOBODY: readonly string[] = []

function waiting(s: NodeState): readonly string[] {
  const { sessions = [] } = s.share ?? {}
  const ports = sessions.filter(({ parked }) => parked !== null).map(({ port }) => port)
  return ports.length === 0 ? NOBODY : ports
}

function leadsAll(s: NodeState, e: ShareFetch, me: Self): boolean {
  for (const lane of e.partitions) if (replicaOf(s, lane, me).leading === null) return false
  return true
}

const exactly = (ms: number) => [ms, ms] as const
const LEADER = 'it leads the partitions'
const isShared = (s: NodeState) => s.share !== null

export const shareRules = [
  rule({
    name: 'ShareFetch',
    on: 'ShareFetch',
    reads: [
      'share.acquire.mode',
      'max.poll.records',
      'share.partition.max.record.locks',
      'share.auto.offset.reset',
      'share.isolation.level',
    ],
    cites: 'KIP-932; DelayedShareFetch, SharePartition.acquire',
    when: {
      [LEADER]: (s, e, _x, me) => leadsAll(s, e, me),
      'there is something to acquire': (s, e, _x, me) => canGiveAny(s, e.group, e.partitions, me),
    },
    then: (s, e, _x, me) => fetchNow(s, e, me),
  }),
  rule({
    name: 'ParkShareFetch',
    on: 'ShareFetch',
    cites: 'DelayedShareFetch: the idle beats (fetch.max.wait.ms) are left out',
    when: {
      [LEADER]: (s, e, _x, me) => leadsAll(s, e, me),
      'there is nothing to acquire yet': (s, e, _x, me) =>
        !canGiveAny(s, e.group, e.partitions, me),
    },
    then: (s, e, _x, me) => park(s, e, me),
  }),
  rule({
    name: 'RefuseShareFetch',
    on: 'ShareFetch',
    cites: 'ShareFetchUtils.partition: NOT_LEADER_OR_FOLLOWER',
    when: { 'it does not lead the partitions': (s, e, _x, me) => !leadsAll(s, e, me) },
    then: () => ({
      reply: { ...responseOf([]), error: 'NOT_LEADER_OR_FOLLOWER' } as ShareFetchResponse,
    }),
  }),
  rule({
    name: 'CompleteShareFetch',
    reads: ['share.partition.max.record.locks'],
    cites: 'DelayedShareFetch.tryComplete; which of several that wait comes first is not promised',
    ready: { 'share groups read from it': isShared },
    each: waiting,
    when: {
      'there is something to acquire': (s, _e, port, me) => {
        const session = sessionAt(s.share, port) as ShareSession
        const { partitions } = session.parked as ParkedShareFetch
        return canGiveAny(s, session.group, partitions, me)
      },
    },
    then: (s, _e, port, me) => complete(s, port, me),
  }),
  rule({
    name: 'ShareAcknowledge',
    on: 'ShareAcknowledge',
    reads: ['share.delivery.count.limit'],
    cites: 'KIP-932; SharePartition.acknowledge: INVALID_RECORD_STATE where the lock is gone',
    when: { 'the session goes on': (_s, e) => !e.final },
    then: (s, e, _x, me) => acknowledgeNow(s, e, me),
  }),
  rule({
    name: 'FinalShareAcknowledge',
    on: 'ShareAcknowledge',
    reads: ['share.delivery.count.limit'],
    cites: 'KIP-932, final epoch: SharePartitionManager.releaseSession',
    when: {
      'the session ends with it': (_s, e) => e.final,
      'there is a session': (s, _e, _x, me) => sessionAt(s.share, me.port) !== undefined,
    },
    then: (s, e, _x, me) => finish(s, e, me),
  }),
  rule({
    name: 'IgnoreFinalShareAcknowledge',
    on: 'ShareAcknowledge',
    cites: 'SHARE_SESSION_NOT_FOUND, which a closing client does not act upon',
    when: {
      'the session ends with it': (_s, e) => e.final,
      'there is no session': (s, _e, _x, me) => sessionAt(s.share, me.port) === undefined,
    },
    then: () => ({}),
  }),
  rule({
    name: 'RecordLockExpires',
    timer: true,
    reads: ['share.record.lock.duration.ms', 'share.delivery.count.limit'],
    cites: 'KIP-932; AcquisitionLockTimerTask, SharePartition.releaseAcquisitionLockOnTimeout',
    ready: { 'share groups read from it': isShared },
    each: locksOf,
    usual: (_s, _e, { group }, me) => {
      const { longestWorkMs, 'share.record.lock.duration.ms': lockMs } = configOf(me, group)
      return longestWorkMs >= lockMs
    },
    takes: ({ shareGroups }, _s, _e, { group }) =>
      exactly(shareGroups?.[group]?.['share.record.lock.duration.ms'] ?? 0),
    then: (s, _e, lock, me) => expire(s, lock, me),
  }),
  rule({
    name: 'ShareSessionCloses',
    on: 'ConnectionClosed',
    cites: 'ShareSessionCache.onDisconnect: a crashed consumer’s locks do not have to expire',
    ready: { 'a share session ends with it': (s, me) => sessionAt(s.share, me.port) !== undefined },
    then: (s, _e, _x, me) => {
      const { s: self, observe } = endSession(s, me.port, me)
      return { self, observe }
    },
  }),
]
