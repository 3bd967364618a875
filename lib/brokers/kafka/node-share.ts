// Share groups on a broker node (KIP-932): it acquires records for members, keeps a lock on each for a while, and
// hears what became of them. What it does, it tells the share coordinator (node-share-written.ts).
import { neverWhere } from '../../engine/rule.ts'
import type { Out } from '../../engine/types.ts'
import { canGiveAny, configOf, partitionOf, type Taken, take } from './node-share-fetch.ts'
import { acknowledgeAll, endSession, LIMIT, settled } from './node-share-settle.ts'
import {
  NO_SHARES,
  type ParkedShareFetch,
  type ShareSession,
  sessionAt,
  withPartition,
  withSession,
} from './node-share-state.ts'
import { writingDown } from './node-share-written.ts'
import {
  isConnected,
  type LaneOf,
  type NodeState,
  replicaOf,
  rule,
  type Self,
} from './node-state.ts'
import type {
  ShareAcknowledge,
  ShareAcknowledgeResponse,
  ShareFetch,
  ShareFetchResponse,
} from './protocol-share.ts'
import { acquiredOffsets, expired, inFlightAt } from './share-partition.ts'

/** Which lock: a record delivered again, or held again by a renewal, has another. */
export interface LockOf extends LaneOf {
  readonly group: string
  readonly offset: number
  readonly deliveryCount: number
  readonly renewed: boolean
}

function responseOf({ records, count }: Omit<Taken, 's'>): ShareFetchResponse {
  const about = records.map(({ message }) => message.id).join(' ')
  const answer = { kind: 'ShareFetchResponse', about, records } as const
  return count > 0 && records.length === 0 ? { ...answer, onlyGaps: true } : answer
}

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
  const told = acknowledgeAll(taken.s, e, me)
  return { self: told.s, reply: responseOf(taken), observe: told.observe }
}

function park(s: NodeState, e: ShareFetch, me: Self): Out<NodeState> {
  const { group, partitions, maxRecords, mode } = e
  const session = { ...sessionFor(s, e, me.port), parked: { partitions, maxRecords, mode } }
  const shares = partitions.reduce(
    (now, lane) => withPartition(now, partitionOf(s, group, lane, me)),
    s.share ?? NO_SHARES,
  )
  const parked = { ...s, share: withSession(shares, session) }
  const told = acknowledgeAll(parked, e, me)
  return { self: told.s, observe: told.observe }
}

function complete(s: NodeState, port: string, me: Self): Out<NodeState> {
  const session = sessionAt(s.share, port) as ShareSession
  const taken = take(s, session, session.parked as ParkedShareFetch, me)
  return { self: taken.s, send: [[port, responseOf(taken)]] }
}

function acknowledgeNow(s: NodeState, e: ShareAcknowledge, me: Self): Out<NodeState> {
  const told = acknowledgeAll(s, e, me)
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
  const told = acknowledgeAll(s, e, me)
  const ended = endSession(told.s, me.port, me)
  return { self: ended.s, observe: [...told.observe, ...ended.observe] }
}

const NO_LOCKS: readonly LockOf[] = []

function locksOf(s: NodeState): readonly LockOf[] {
  if (s.share === null) return NO_LOCKS
  return s.share.partitions.flatMap(({ group, topic, partition, state }) =>
    acquiredOffsets(state).map((offset): LockOf => {
      const { deliveryCount = 0, renewed = false } = inFlightAt(state, offset) ?? {}
      return { group, topic, partition, offset, deliveryCount, renewed }
    }),
  )
}

function expire(s: NodeState, lock: LockOf, me: Self): Out<NodeState> {
  const before = partitionOf(s, lock.group, lock, me)
  const limit = configOf(me, lock.group)['share.delivery.count.limit']
  const told = { ...expired(before.state, lock.offset, limit), by: me.id, reason: LIMIT }
  const { s: self, observe } = settled(s, before, told, me)
  return { self, observe }
}

const NOBODY: readonly string[] = []

function waiting(s: NodeState): readonly string[] {
  if (s.share === null) return NOBODY
  const ports = s.share.sessions.filter(({ parked }) => parked !== null).map(({ port }) => port)
  return ports.length === 0 ? NOBODY : ports
}

function leadsAll(s: NodeState, e: ShareFetch, me: Self): boolean {
  for (const lane of e.partitions) if (replicaOf(s, lane, me).leading === null) return false
  return true
}

const exactly = (ms: number) => [ms, ms] as const
const LEADER = 'it leads the partitions'
const WRITES = 'what it hears can be written to the share coordinator'

/** A node that is cut off tries until it can: the request waits, and those behind it. */
const mayWrite = (s: NodeState, e: ShareFetch): boolean =>
  e.acknowledgements.length === 0 || isConnected(s)

export const shareRules = neverWhere(
  ({ shareGroups = {} }: Self['settings']) => Object.keys(shareGroups).length === 0,
  writingDown([
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
        [WRITES]: (s, e) => mayWrite(s, e),
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
        [WRITES]: (s, e) => mayWrite(s, e),
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
        reply: {
          ...responseOf({ records: [], count: 0 }),
          error: 'NOT_LEADER_OR_FOLLOWER',
        } as ShareFetchResponse,
      }),
    }),
    rule({
      name: 'CompleteShareFetch',
      reads: ['share.partition.max.record.locks'],
      cites:
        'DelayedShareFetch.tryComplete; which of several that wait comes first is not promised',
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
      ready: { [WRITES]: isConnected },
      when: { 'the session goes on': (_s, e) => !e.final },
      then: (s, e, _x, me) => acknowledgeNow(s, e, me),
    }),
    rule({
      name: 'FinalShareAcknowledge',
      on: 'ShareAcknowledge',
      reads: ['share.delivery.count.limit'],
      cites: 'KIP-932, final epoch: SharePartitionManager.releaseSession',
      ready: { [WRITES]: isConnected },
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
      ready: {
        'a share session ends with it': (s, me) => sessionAt(s.share, me.port) !== undefined,
      },
      then: (s, _e, _x, me) => {
        const { s: self, observe } = endSession(s, me.port, me)
        return { self, observe }
      },
    }),
  ]),
)
