// What changes the state of records that a share group has: acknowledgements, the end of a session. And what can be
// seen of it.
import type { Seen } from '../../clients/types.ts'
import { at } from '../../engine/tape.ts'
import { messageIn } from './log.ts'
import { configOf } from './node-share-fetch.ts'
import {
  type GroupPartition,
  type ShareSession,
  type ShareState,
  sessionAt,
  withPartition,
} from './node-share-state.ts'
import {
  type LaneOf,
  laneName,
  laneOf,
  leads,
  type NodeState,
  replicaOf,
  type Self,
} from './node-state.ts'
import type { AcknowledgeError, ShareAcknowledge, ShareFetch } from './protocol-share.ts'
import {
  acknowledge,
  acquiredOffsets,
  type Changed,
  inFlightAt,
  releaseOf,
  reloaded,
  startingLater,
} from './share-partition.ts'

export interface Settled {
  readonly s: NodeState
  readonly observe: readonly Seen[]
}

/** Which actor a member is: '<actor>#<incarnation>'. */
const actorOf = (member: string): string => member.slice(0, member.lastIndexOf('#'))

/** A change, who made it, and why it archives what it does. */
interface Told extends Changed {
  readonly by: string
  readonly reason: string
}

/** A share-partition after a change, and what can be seen of it: what was archived, where the group begins now. */
export function settled(s: NodeState, before: GroupPartition, told: Told, me: Self): Settled {
  const { group, topic: stream, partition: lane } = before
  const { log } = replicaOf(s, before, me)
  const base = { actor: me.id, group }
  const archived = told.archived.flatMap((offset): Seen[] => {
    const message = messageIn(at(log.records, offset))
    const place = { stream, lane, offset }
    return message === null
      ? []
      : [{ ...base, kind: 'archived', message, place, reason: told.reason }]
  })
  const { start } = told.partition
  const moved: readonly Seen[] =
    start === before.state.start
      ? []
      : [{ ...base, kind: 'committed', stream, lane, offset: start, by: told.by }]
  const share = withPartition(s.share as ShareState, { ...before, state: told.partition })
  return { s: { ...s, share }, observe: [...archived, ...moved] }
}

const NONE: readonly AcknowledgeError[] = []

/** Partitions that another node leads: nothing is known of them here. */
function elsewhere(s: NodeState, asked: readonly LaneOf[], me: Self): readonly AcknowledgeError[] {
  const lost = asked.filter((each) => !leads(s, each, me))
  if (lost.length === 0) return NONE
  const names = [...new Set(lost.map(({ topic, partition }) => laneName(topic, partition)))]
  return names.map((name) => ({ ...laneOf(name), error: 'NOT_LEADER_OR_FOLLOWER' }))
}

/** Partition by partition: all acknowledgements of one stand, or none. */
export function acknowledgeAll(
  s: NodeState,
  e: ShareFetch | ShareAcknowledge,
  me: Self,
): Settled & { readonly errors: readonly AcknowledgeError[] } {
  const { group, member, acknowledgements: asked } = e
  const limit = configOf(me, group)['share.delivery.count.limit']
  const by = actorOf(member)
  let now: Settled = { s, observe: [] }
  let errors = elsewhere(s, asked, me)
  for (const before of s.share?.partitions ?? []) {
    const { topic, partition } = before
    const own = asked.filter((each) => each.topic === topic && each.partition === partition)
    if (before.group !== group || own.length === 0) continue
    const changed = acknowledge(before.state, member, own, limit)
    if (changed === null) {
      errors = [...errors, { topic, partition, error: 'INVALID_RECORD_STATE' }]
      continue
    }
    const reason = own.some(({ type }) => type === 'REJECT') ? 'rejected' : LIMIT
    const next = settled(now.s, before, { ...changed, by, reason }, me)
    now = { s: next.s, observe: [...now.observe, ...next.observe] }
  }
  return { ...now, errors }
}

/**
 * A log begins later than before, and with it what its groups have in flight. Kafka finds out with the next fetch
 * (ShareFetchUtils: OFFSET_OUT_OF_RANGE), before which nobody can tell.
 */
export function startedLater(s: NodeState, lane: LaneOf, me: Self): Settled {
  const { start } = replicaOf(s, lane, me).log
  let now: Settled = { s, observe: [] }
  for (const before of s.share?.partitions ?? []) {
    if (before.topic !== lane.topic || before.partition !== lane.partition) continue
    const partition = startingLater(before.state, start)
    if (partition === before.state) continue
    const told = { partition, archived: [], by: me.id, reason: '' }
    const next = settled(now.s, before, told, me)
    now = { s: next.s, observe: [...now.observe, ...next.observe] }
  }
  return now
}

export const LIMIT = 'share.delivery.count.limit'

/**
 * SharePartitionManager.releaseSession: what the member held is available again, its delivery counted. With the
 * last session of a group, what was never written to the share coordinator is forgotten.
 */
export function endSession(s: NodeState, port: string, me: Self): Settled {
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
    const next = settled(now.s, before, { ...releaseOf(before.state, member, limit), ...told }, me)
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
