// What a node hears from the controller: who leads from now on, and which ISR is so (KRaft's metadata log).
import type { Seen } from '../../clients/types.ts'
import type { Out } from '../../engine/types.ts'
import { type EpochStart, type Log, logEnd } from './log.ts'
import { onDisk } from './log-transactions.ts'
import { asking, expanding, replicaFetchFor } from './node-replication.ts'
import { dropShares, loadShares, writingAgain } from './node-share-written.ts'
import {
  CONTROLLER,
  holdersOf,
  isClustered,
  isConnected,
  type LaneOf,
  laneName,
  type NodeState,
  ownLanes,
  refusing,
  replicaOf,
  rule,
  type Self,
  type Sends,
  settled,
  topicOf,
  withReplica,
} from './node-state.ts'
import type { FetchResponse } from './protocol.ts'
import type { AlterPartitionResponse, MetadataFetch, PartitionState } from './protocol-cluster.ts'
import { effectiveMinIsr, newLeading, type Replica } from './replica.ts'

interface Change {
  readonly self: NodeState
  readonly send: Sends
  readonly observe: readonly Seen[]
}

const unchanged = (self: NodeState): Change => ({ self, send: [], observe: [] })

/** LeaderEpochFileCache.assign: from the log's end on, this epoch writes. One that wrote nothing is forgotten. */
function withEpoch(log: Log, epoch: number): Log {
  const start = logEnd(log)
  const kept = log.epochs.filter((each: EpochStart) => each.start < start)
  return { ...log, epochs: [...kept, { epoch, start }] }
}

/**
 * Partition.makeLeader: it knows nothing of its followers yet; alone in sync, it has the whole watermark. One that led before
 * goes on waiting for them on behalf of its producers (DelayedProduce asks for no epoch).
 */
function lead(s: NodeState, p: PartitionState, me: Self): Change {
  const before = replicaOf(s, p, me)
  const holders = holdersOf(me, p)
  const minIsr = effectiveMinIsr(topicOf(s, p.topic, me), holders.length)
  const others = holders.filter((id) => id !== me.id)
  const unknown = { end: -1, parked: false, told: -1 }
  const delayed = before.leading?.delayed ?? []
  const leading = { ...newLeading(p.isr, others, minIsr, unknown), delayed }
  const log = withEpoch(before.log, p.epoch)
  const led = { ...before, log, leader: me.id, epoch: p.epoch, leading }
  const { replica, send } = settled(led, p)
  const shares = loadShares(withReplica(s, p, replica), p, me)
  const place = { stream: p.topic, lane: p.partition, offset: logEnd(log) }
  const seen: Seen = { kind: 'elected', actor: me.id, ...place, epoch: p.epoch }
  const refused = refusingFetches(before, p, 'FENCED_LEADER_EPOCH')
  return { self: shares.s, send: [...refused, ...send], observe: [seen, ...shares.observe] }
}

/** Consumers wait for the leader of an epoch, and that is over; or below an offset where nothing is any more. */
export function refusingFetches(
  { leading, highWatermark }: Replica,
  { topic, partition }: LaneOf,
  error: NonNullable<FetchResponse['error']>,
  below = Number.POSITIVE_INFINITY,
): Sends {
  const about = laneName(topic, partition)
  const parked = leading?.parked.filter(({ offset }) => offset < below) ?? []
  return parked.map(({ port, offset }) => {
    const place = { kind: 'FetchResponse', about, topic, partition } as const
    const answer: FetchResponse = {
      ...place,
      ...{ fetchOffset: offset, error, records: [], highWatermark },
    }
    return [port, answer] as const
  })
}

/** Whoever waits for an answer of the leader that it was is told that it is none any more. */
function dismissing(replica: Replica, e: LaneOf): Sends {
  const produced = (replica.leading?.delayed ?? []).map(
    ({ port, answer }) => [port, refusing(answer, 'NOT_LEADER_OR_FOLLOWER')] as const,
  )
  return [...produced, ...refusingFetches(replica, e, 'NOT_LEADER_OR_FOLLOWER')]
}

/** Partition.makeFollower: it fetches from the leader, if there is one. */
function follow(s: NodeState, p: PartitionState, me: Self): Change {
  const before = replicaOf(s, p, me)
  const { leader, epoch } = p
  const replica = { ...before, log: onDisk(before.log), leader, epoch, leading: null }
  const fetch: Sends = leader === '' ? [] : [[leader, replicaFetchFor(replica, p)]]
  const shares = dropShares(withReplica(s, p, replica), p)
  return {
    self: shares.self,
    send: [...dismissing(before, p), ...shares.send, ...fetch],
    observe: [],
  }
}

/** The controller has changed the ISR by itself: a node is fenced; or it tells that one is no more. */
function adopt(s: NodeState, e: LaneOf, isr: readonly string[], me: Self): Change {
  const before = replicaOf(s, e, me)
  if (before.leading === null) return unchanged(s)
  const leading = { ...before.leading, isr, asked: null }
  const known = settled({ ...before, leading }, e)
  const asked = expanding(s, known.replica, e)
  return {
    self: withReplica(s, e, asked.replica),
    send: [...known.send, ...asked.send],
    observe: [],
  }
}

function applied(s: NodeState, p: PartitionState, me: Self): Change {
  const { epoch, leader } = replicaOf(s, p, me)
  // A process that has just started follows nobody yet, whatever epoch is on its disk.
  if (p.epoch === epoch && p.leader === leader) {
    return isAsking(s, p, p.isr, me) ? unchanged(s) : adopt(s, p, p.isr, me)
  }
  return p.leader === me.id ? lead(s, p, me) : follow(s, p, me)
}

/** All of them, one after the other. */
export function applyMetadata(
  s: NodeState,
  partitions: readonly PartitionState[],
  me: Self,
): Change {
  return partitions.reduce((change, each) => {
    const next = applied(change.self, each, me)
    return {
      self: next.self,
      send: [...change.send, ...next.send],
      observe: [...change.observe, ...next.observe],
    }
  }, unchanged(s))
}

export const METADATA_FETCH: MetadataFetch = { kind: 'MetadataFetch' }

/** From this ISR it has asked for another, and waits to hear. */
function isAsking(s: NodeState, e: LaneOf, isr: readonly string[], me: Self): boolean {
  const { leading } = replicaOf(s, e, me)
  return leading !== null && leading.asked !== null && leading.isr.join() === isr.join()
}

/**
 * With a later epoch the controller will come itself. What was asked from an ISR that is so no more is refused, and
 * means nothing to what was asked since. Who is not added because it is fenced is asked for again once it is not.
 */
function isrAnswered(s: NodeState, e: AlterPartitionResponse, me: Self): Out<NodeState> {
  const replica = replicaOf(s, e, me)
  const { epoch, leading } = replica
  if (leading === null || e.leaderEpoch !== epoch || e.error === 'FENCED_LEADER_EPOCH') return {}
  if (leading.isr.join() !== e.isr.join()) return adopt(s, e, e.isr, me)
  if (e.error !== undefined) return {}
  return { self: withReplica(s, e, { ...replica, leading: { ...leading, asked: null } }) }
}

/**
 * DefaultAlterPartitionManager: what it has asked for it asks for again on the next connection. Until it hears, it has to
 * count those asked for as in sync, because the controller may do so already.
 */
export function askingAgain(s: NodeState, me: Self): Sends {
  return ownLanes(s, me).flatMap((lane): Sends => {
    const replica = replicaOf(s, lane, me)
    const asked = replica.leading?.asked ?? null
    return asked === null ? [] : asking(replica, lane, asked).send
  })
}

const CONNECTED = 'it is not cut off from the controller'

export const metadataRules = [
  rule({
    name: 'MetadataFetchResponse',
    on: 'MetadataFetchResponse',
    reads: ['min.insync.replicas'],
    cites: 'BrokerMetadataPublisher; ReplicaManager.applyDelta: makeLeader, makeFollower',
    ready: { [CONNECTED]: isConnected },
    then: (s, e, _x, me) => ({ ...applyMetadata(s, e.partitions, me), reply: METADATA_FETCH }),
  }),
  rule({
    name: 'AlterPartitionResponse',
    on: 'AlterPartitionResponse',
    cites: 'Partition.handleAlterPartitionUpdate',
    ready: { [CONNECTED]: isConnected },
    then: (s, e, _x, me) => isrAnswered(s, e, me),
  }),
  rule({
    name: 'ControllerDisconnected',
    on: 'ConnectionClosed',
    cites: 'BrokerLifecycleManager: it beats again on a new connection',
    ready: {
      'it was the controller': (s, me) => isClustered(s, me) && me.port === CONTROLLER,
      [CONNECTED]: isConnected,
    },
    then: (s, _e, _x, me) => ({
      send: [[CONTROLLER, METADATA_FETCH], ...askingAgain(s, me), ...writingAgain(s, me)],
    }),
  }),
]
