// What outlives the leader of a share-partition: what it has written to the share coordinator, which is part of the
// controller here. It is on its way before what follows from it is, on the connection on which the end of the
// leader is noticed, so that no next leader is elected without it.
import type { Out, Rule } from '../../engine/types.ts'
import { startedLater } from './node-share-settle.ts'
import {
  type GroupPartition,
  NO_SHARES,
  type ShareSession,
  type ShareState,
} from './node-share-state.ts'
import {
  CONTROLLER,
  isClustered,
  type LaneOf,
  laneName,
  type NodeState,
  replicaOf,
  type Self,
  type Sends,
} from './node-state.ts'
import type { PartitionState, WriteShareGroupState, WrittenShare } from './protocol-cluster.ts'
import type { ShareFetchResponse } from './protocol-share.ts'
import { written } from './share-partition.ts'

const isIn = (a: LaneOf, b: LaneOf): boolean => a.topic === b.topic && a.partition === b.partition

function writtenOf(share: ShareState | null, lane: LaneOf): readonly WrittenShare[] {
  const own = share?.partitions.filter((each) => isIn(each, lane)) ?? []
  return own.flatMap(({ group, state }) => {
    const known = written(state)
    return known === null ? [] : [{ group, state: known }]
  })
}

function requestFor(s: NodeState, lane: LaneOf, me: Self): WriteShareGroupState {
  const { topic, partition } = lane
  const about = laneName(topic, partition)
  const place = { kind: 'WriteShareGroupState', about, topic, partition } as const
  return { ...place, leaderEpoch: replicaOf(s, lane, me).epoch, shares: writtenOf(s.share, lane) }
}

/** Partitions of which something else is to be written than before. */
function changedLanes(before: NodeState, after: NodeState): readonly LaneOf[] {
  const all = [...(after.share?.partitions ?? []), ...(before.share?.partitions ?? [])]
  const lanes = all.filter((each, i) => all.findIndex((other) => isIn(other, each)) === i)
  const told = (s: NodeState, lane: LaneOf) => JSON.stringify(writtenOf(s.share, lane))
  return lanes.filter((lane) => told(before, lane) !== told(after, lane))
}

function writing(before: NodeState, out: Out<NodeState>, me: Self): Out<NodeState> {
  const { self, send = [] } = out
  if (self === undefined || self.isolated || self.share === before.share) return out
  const writes = changedLanes(before, self).map(
    (lane) => [CONTROLLER, requestFor(self, lane, me)] as const,
  )
  return writes.length === 0 ? out : { ...out, send: [...writes, ...send] }
}

/** Rules after which what they have changed of share-partitions is written, where anybody could take over. */
export function writingDown(rules: readonly Rule[]): Rule[] {
  return rules.map((rule) => ({
    ...rule,
    then: (s: NodeState, e: unknown, x: unknown, me: Self) => {
      const out = rule.then(s, e, x, me)
      return isClustered(s, me) ? writing(s, out, me) : out
    },
  }))
}

/** On a new connection: what was on its way may be lost. */
export function writingAgain(s: NodeState, me: Self): Sends {
  const all = s.share?.partitions ?? []
  const lanes = all.filter((each, i) => all.findIndex((other) => isIn(other, each)) === i)
  return lanes.map((lane) => [CONTROLLER, requestFor(s, lane, me)] as const)
}

const without = (share: ShareState, lane: LaneOf): readonly GroupPartition[] =>
  share.partitions.filter((each) => !isIn(each, lane))

/** A leader begins with what those before it have written. Locks were theirs. */
export function loadShares(s: NodeState, p: PartitionState, me: Self) {
  const { topic, partition, shares = [] } = p
  if (s.share === null && shares.length === 0) return { s, observe: [] }
  const share = s.share ?? NO_SHARES
  const loaded = shares.map((each): GroupPartition => ({ ...each, topic, partition }))
  const partitions = [...without(share, p), ...loaded]
  return startedLater({ ...s, share: { ...share, partitions } }, p, me)
}

const NOT_LEADER: ShareFetchResponse = {
  kind: 'ShareFetchResponse',
  error: 'NOT_LEADER_OR_FOLLOWER',
  records: [],
}

/** Another leads from now on: nothing is known of it here any more, and nobody waits for it. */
export function dropShares(s: NodeState, lane: LaneOf): { self: NodeState; send: Sends } {
  if (s.share === null) return { self: s, send: [] }
  const waits = ({ parked }: ShareSession) => parked?.partitions.some((each) => isIn(each, lane))
  const send = s.share.sessions.filter(waits).map(({ port }) => [port, NOT_LEADER] as const)
  const sessions = s.share.sessions.map((each) => (waits(each) ? { ...each, parked: null } : each))
  return { self: { ...s, share: { partitions: without(s.share, lane), sessions } }, send }
}
