import { neverWhere } from '../../engine/rule.ts'
import { slice } from '../../engine/tape.ts'
import type { Out } from '../../engine/types.ts'
import { type EpochStart, type Log, logEnd } from './log.ts'
import {
  CONTROLLER,
  followerAt,
  isConnected,
  type LaneOf,
  laneName,
  laneOf,
  type NodeState,
  ownLanes,
  portOfFollower,
  replicaOf,
  rule,
  type Self,
  type Sends,
  settled,
  withReplica,
} from './node-state.ts'
import type { DivergingEpoch, ReplicaFetch, ReplicaFetchResponse } from './protocol-cluster.ts'
import { type Follower, followerOf, type Leading, type Replica, withFollower } from './replica.ts'

export function lastEpoch(log: Log): number {
  return (log.epochs.at(-1) as EpochStart).epoch
}

/** The largest epoch of the log that is not above the one asked about, and where it ends. */
export function endOffsetFor(log: Log, epoch: number): DivergingEpoch {
  const after = log.epochs.findIndex((each) => each.epoch > epoch)
  if (after < 0) return { epoch: lastEpoch(log), endOffset: logEnd(log) }
  const { epoch: found } = log.epochs[Math.max(0, after - 1)] as EpochStart
  return { epoch: found, endOffset: (log.epochs[after] as EpochStart).start }
}

/** Null where the follower's log is the beginning of the leader's (ReplicaManager, KIP-595). */
export function divergence(log: Log, offset: number, epoch: number): DivergingEpoch | null {
  const found = endOffsetFor(log, epoch)
  return found.epoch < epoch || found.endOffset < offset ? found : null
}

export function replicaFetchFor(replica: Replica, e: LaneOf): ReplicaFetch {
  const { topic, partition } = e
  const { log, epoch } = replica
  return {
    kind: 'ReplicaFetch',
    about: laneName(topic, partition),
    topic,
    partition,
    offset: logEnd(log),
    lastFetchedEpoch: lastEpoch(log),
    leaderEpoch: epoch,
  }
}

function responseTo(replica: Replica, e: LaneOf, offset: number): ReplicaFetchResponse {
  const { topic, partition } = e
  const { records, start, epochs, producers, open, aborted, segments, wide } = replica.log
  const about = laneName(topic, partition)
  return {
    ...({ kind: 'ReplicaFetchResponse', about, topic, partition } as const),
    ...{ leaderEpoch: replica.epoch, offset, highWatermark: replica.highWatermark },
    ...{ records: slice(records, offset), start, epochs, producers, open, aborted, segments, wide },
  }
}

/** Answers the fetches that wait for what was just appended; followers that stand alike get the same answer. */
export function replicated(replica: Replica, e: LaneOf): { replica: Replica; send: Sends } {
  const { leading, log } = replica
  if (leading === null || !leading.followers.some((each) => each.parked)) {
    return { replica, send: [] }
  }
  const end = logEnd(log)
  let answer: ReplicaFetchResponse | undefined
  const send: (readonly [string, ReplicaFetchResponse])[] = []
  const followers = leading.followers.map((each): Follower => {
    if (!each.parked || each.end >= end) return each
    if (answer?.offset !== each.end) answer = responseTo(replica, e, each.end)
    send.push([portOfFollower(each.id), answer as ReplicaFetchResponse])
    return { ...each, parked: false, told: replica.highWatermark }
  })
  return { replica: { ...replica, leading: { ...leading, followers } }, send }
}

/**
 * Partition.maybeExpandIsr: a follower that fetches is in sync again when it has all up to the high watermark and what this
 * leader found when it began. Asked of the controller, one change at a time.
 */
export function isrToAskFor(replica: Replica): readonly string[] | null {
  const { leading, log, highWatermark } = replica
  if (leading === null || leading.asked !== null) return null
  const { isr, followers } = leading
  if (isr.length === followers.length + 1) return null
  const least = Math.max(highWatermark, (log.epochs.at(-1) as EpochStart).start)
  const back = followers.find((each) => each.parked && !isr.includes(each.id) && each.end >= least)
  return back === undefined ? null : [...isr, back.id]
}

/** Asks the controller for another ISR. Until it answers, both count (the maximal ISR). */
export function asking(replica: Replica, e: LaneOf, isr: readonly string[]) {
  const { topic, partition } = e
  const leading = replica.leading as Leading
  const about = laneName(topic, partition)
  const place = { kind: 'AlterPartition', about, topic, partition } as const
  const request = { ...place, leaderEpoch: replica.epoch, before: leading.isr, isr }
  return {
    replica: { ...replica, leading: { ...leading, asked: isr } },
    send: [[CONTROLLER, request]] as Sends,
  }
}

/** With the ISR asked for that the replica now calls for; a node that is cut off cannot ask. */
export function expanding(s: NodeState, replica: Replica, e: LaneOf) {
  const isr = s.isolated ? null : isrToAskFor(replica)
  return isr === null ? { replica, send: [] as Sends } : asking(replica, e, isr)
}

function replicaFetch(s: NodeState, e: ReplicaFetch, me: Self): Out<NodeState> {
  const before = replicaOf(s, e, me)
  const id = followerAt(me.port)
  const leading = withFollower(before.leading as Leading, id, { end: e.offset, parked: true })
  const known = settled({ ...before, leading }, e)
  const asked = expanding(s, known.replica, e)
  const fed = replicated(asked.replica, e)
  return {
    self: withReplica(s, e, fed.replica),
    send: [...known.send, ...asked.send, ...fed.send],
  }
}

function refusalOf(s: NodeState, e: ReplicaFetch, me: Self): ReplicaFetchResponse['error'] | null {
  const { leading, epoch } = replicaOf(s, e, me)
  if (e.leaderEpoch < epoch) return 'FENCED_LEADER_EPOCH'
  if (e.leaderEpoch > epoch) return 'UNKNOWN_LEADER_EPOCH'
  return leading === null ? 'NOT_LEADER_OR_FOLLOWER' : null
}

function divergenceOf(s: NodeState, e: ReplicaFetch, me: Self): DivergingEpoch | null {
  return divergence(replicaOf(s, e, me).log, e.offset, e.lastFetchedEpoch)
}

/** Fetches from one leader, or from all, for whatever this node follows. */
export function fetchesFrom(s: NodeState, me: Self, leader: string | null): Sends {
  return ownLanes(s, me).flatMap((lane): Sends => {
    const replica = replicaOf(s, lane, me)
    const wanted = leader === null ? replica.leader : leader
    if (replica.leading !== null || replica.leader === '' || replica.leader !== wanted) return []
    return [[replica.leader, replicaFetchFor(replica, lane)]]
  })
}

const NONE: readonly string[] = []
const lanesLed = (s: NodeState, which: (leading: Leading, replica: Replica) => boolean) => {
  let found: string[] | undefined
  for (const name in s.replicas) {
    const replica = s.replicas[name] as Replica
    if (replica.leading === null || !which(replica.leading, replica)) continue
    if (found === undefined) found = [name]
    else found.push(name)
  }
  return found ?? NONE
}

/** Followers in sync that have not come back for what there is: 'broker-1 of orders/0 from 5'. */
function laggards(s: NodeState): readonly string[] {
  let found: string[] | undefined
  for (const name in s.replicas) {
    const { leading, log } = s.replicas[name] as Replica
    if (leading === null || leading.asked !== null) continue
    for (const { id, end, parked } of leading.followers) {
      if (parked || end >= logEnd(log) || !leading.isr.includes(id)) continue
      found ??= []
      found.push(`${id} of ${name} from ${end}`)
    }
  }
  return found ?? NONE
}

function shrink(s: NodeState, laggard: string, me: Self): Out<NodeState> {
  const [id = '', rest = ''] = laggard.split(' of ')
  const lane = laneOf(rest.slice(0, rest.lastIndexOf(' from ')))
  const replica = replicaOf(s, lane, me)
  const { isr } = replica.leading as Leading
  const less = isr.filter((each) => each !== id)
  const asked = asking(replica, lane, less)
  return { self: withReplica(s, lane, asked.replica), send: asked.send }
}

/** An idle fetch is answered all the same after replica.fetch.wait.max.ms, with the high watermark. */
function tellWatermark(s: NodeState, name: string, me: Self): Out<NodeState> {
  const lane = laneOf(name)
  return answered(s, lane, me, (each) => isToBeTold(each, replicaOf(s, lane, me)))
}

/** DelayedDeleteRecords: the followers hear where the log begins, and nobody is answered before. */
export function startTold(s: NodeState, lane: LaneOf, me: Self): Out<NodeState> {
  return answered(s, lane, me, ({ parked }) => parked)
}

/** Answers fetches that wait, with whatever is there. */
function answered(
  s: NodeState,
  lane: LaneOf,
  me: Self,
  which: (follower: Follower) => boolean,
): Out<NodeState> {
  const replica = replicaOf(s, lane, me)
  const leading = replica.leading as Leading
  const waiting = leading.followers.filter(which)
  if (waiting.length === 0) return { self: s }
  const followers = leading.followers.map((each) =>
    waiting.includes(each) ? { ...each, parked: false, told: replica.highWatermark } : each,
  )
  return {
    self: withReplica(s, lane, { ...replica, leading: { ...leading, followers } }),
    send: waiting.map((each) => [portOfFollower(each.id), responseTo(replica, lane, each.end)]),
  }
}

const isToBeTold = ({ parked, told }: Follower, { highWatermark }: Replica) =>
  parked && told < highWatermark

const WAIT_MS = 500

/** A follower's line is closed: it waits for nothing here any more. */
export function loseFollower(s: NodeState, id: string, me: Self): NodeState {
  return ownLanes(s, me).reduce((now, lane) => {
    const replica = replicaOf(now, lane, me)
    if (replica.leading === null || followerOf(replica.leading, id) === undefined) return now
    const leading = withFollower(replica.leading, id, { parked: false })
    return withReplica(now, lane, { ...replica, leading })
  }, s)
}

const isFollowersPort = (_s: NodeState, me: Self) => followerAt(me.port) !== ''
const CONNECTED = 'it is not cut off from the other nodes'

export const leaderRules = neverWhere(
  (settings: Self['settings']) => settings.cluster === undefined,
  [
    rule({
      name: 'ReplicaFetch',
      on: 'ReplicaFetch',
      reads: ['min.insync.replicas', 'acks'],
      cites: 'Partition.fetchRecords, updateFollowerFetchState, maybeIncrementLeaderHW; KIP-966',
      ready: { [CONNECTED]: isConnected },
      when: {
        'it leads in the epoch that the follower knows': (s, e, _x, me) =>
          refusalOf(s, e, me) === null,
        'the follower’s log is the beginning of its own': (s, e, _x, me) =>
          divergenceOf(s, e, me) === null,
      },
      then: (s, e, _x, me) => replicaFetch(s, e, me),
    }),
    rule({
      name: 'DivergingEpoch',
      on: 'ReplicaFetch',
      cites: 'KIP-595: a fetch from another history is answered with the epoch where both part',
      ready: { [CONNECTED]: isConnected },
      when: {
        'it leads in the epoch that the follower knows': (s, e, _x, me) =>
          refusalOf(s, e, me) === null,
        'the follower has what its own log does not': (s, e, _x, me) =>
          divergenceOf(s, e, me) !== null,
      },
      then: (s, e, _x, me) => {
        const diverging = divergenceOf(s, e, me) as DivergingEpoch
        const answer = responseTo(replicaOf(s, e, me), e, e.offset)
        return { reply: { ...answer, records: [], diverging } as ReplicaFetchResponse }
      },
    }),
    rule({
      name: 'RefuseReplicaFetch',
      on: 'ReplicaFetch',
      cites: 'Partition.checkCurrentLeaderEpoch: FENCED_LEADER_EPOCH, UNKNOWN_LEADER_EPOCH',
      ready: { [CONNECTED]: isConnected },
      when: {
        'it does not lead in the epoch that the follower knows': (s, e, _x, me) =>
          refusalOf(s, e, me) !== null,
      },
      then: (s, e, _x, me) => {
        const answer = responseTo(replicaOf(s, e, me), e, e.offset)
        const error = refusalOf(s, e, me)
        const { leaderEpoch } = e
        return { reply: { ...answer, records: [], leaderEpoch, error } as ReplicaFetchResponse }
      },
    }),
    rule({
      name: 'FollowerDisconnected',
      on: 'ConnectionClosed',
      cites: 'A leader takes no notice of a closed socket: replica.lag.time.max.ms has to pass',
      ready: { 'it was a follower': isFollowersPort },
      then: (s, _e, _x, me) => ({ self: loseFollower(s, followerAt(me.port), me) }),
    }),
    rule({
      name: 'ReplicaFetchesStop',
      on: 'ReplicaFetchesStop',
      cites:
        'A follower that stands still: its last fetch has come back, the next one does not come',
      ready: { [CONNECTED]: isConnected },
      then: (s, _e, _x, me) => ({ self: loseFollower(s, followerAt(me.port), me) }),
    }),
    rule({
      name: 'ReplicaLagTimeMaxExpires',
      timer: true,
      reads: ['replica.lag.time.max.ms'],
      cites: 'Partition.maybeShrinkIsr: asks the controller for an ISR without it',
      ready: { [CONNECTED]: isConnected },
      each: laggards,
      // Of a follower that lives, the next fetch comes long before.
      usual: () => false,
      takes: (settings) => {
        const ms = settings.cluster?.['replica.lag.time.max.ms'] ?? 0
        return [ms, ms * 1.5]
      },
      then: (s, _e, laggard, me) => shrink(s, laggard, me),
    }),
    rule({
      name: 'ReplicaFetchWaitExpires',
      timer: true,
      reads: ['replica.fetch.wait.max.ms'],
      cites:
        'replica.fetch.wait.max.ms=500: followers hear of the high watermark with their next answer',
      each: (s) =>
        lanesLed(s, (leading, replica) =>
          leading.followers.some((each) => isToBeTold(each, replica)),
        ),
      takes: () => [WAIT_MS, WAIT_MS],
      then: (s, _e, name, me) => tellWatermark(s, name, me),
    }),
  ],
)
