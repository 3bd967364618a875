// What a node hears from the controller: who leads from now on, and which ISR is so (KRaft's metadata log).
import type { Seen } from '../../clients/types.ts'
import type { Out } from '../../engine/types.ts'
import { type EpochStart, type Log, logEnd } from './log.ts'
import { expanding, replicaFetchFor } from './node-replication.ts'
import {
  CONTROLLER,
  configOf,
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
  const minIsr = effectiveMinIsr(configOf(me, p.topic), holders.length)
  const others = holders.filter((id) => id !== me.id)
  const unknown = { end: -1, parked: false, told: -1 }
  const delayed = before.leading?.delayed ?? []
  const leading = { ...newLeading(p.isr, others, minIsr, unknown), delayed }
  const log = withEpoch(before.log, p.epoch)
  const led = { ...before, log, leader: me.id, epoch: p.epoch, leading }
  const { replica, send } = settled(led, p)
  const place = { stream: p.topic, lane: p.partition, offset: logEnd(log) }
  const seen: Seen = { kind: 'elected', actor: me.id, ...place, epoch: p.epoch }
  const refused = refusingFetches(before, p, 'FENCED_LEADER_EPOCH')
  return { self: withReplica(s, p, replica), send: [...refused, ...send], observe: [seen] }
}

/** Consumers wait for the leader of an epoch, and that is over. */
function refusingFetches(
  { leading, highWatermark }: Replica,
  { topic, partition }: LaneOf,
  error: 'FENCED_LEADER_EPOCH' | 'NOT_LEADER_OR_FOLLOWER',
): Sends {
  const about = laneName(topic, partition)
  return (leading?.parked ?? []).map(({ port, offset }) => {
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
  const replica = { ...before, leader, epoch, leading: null }
  const fetch: Sends = leader === '' ? [] : [[leader, replicaFetchFor(replica, p)]]
  return {
    self: withReplica(s, p, replica),
    send: [...dismissing(before, p), ...fetch],
    observe: [],
  }
}

/** The controller has changed the ISR by itself: a node is fenced; or it tells that one is no more. */
function adopt(s: NodeState, e: LaneOf, isr: readonly string[], me: Self): Change {
  const before = replicaOf(s, e, me)
  if (before.leading === null) return { self: s, send: [], observe: [] }
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
  if (p.epoch === epoch && p.leader === leader) return adopt(s, p, p.isr, me)
  return p.leader === me.id ? lead(s, p, me) : follow(s, p, me)
}

/** All of them, one after the other. */
export function applyMetadata(
  s: NodeState,
  partitions: readonly PartitionState[],
  me: Self,
): Change {
  const none: Change = { self: s, send: [], observe: [] }
  return partitions.reduce((change, each) => {
    const next = applied(change.self, each, me)
    return {
      self: next.self,
      send: [...change.send, ...next.send],
      observe: [...change.observe, ...next.observe],
    }
  }, none)
}

export const METADATA_FETCH: MetadataFetch = { kind: 'MetadataFetch' }

function isrAnswered(s: NodeState, e: AlterPartitionResponse, me: Self): Out<NodeState> {
  const { epoch, leading } = replicaOf(s, e, me)
  if (e.leaderEpoch !== epoch || leading === null) return {}
  // Who is not added because it is fenced comes back by its own fetches, once it is not.
  const isNews = e.error !== undefined || e.isr.length !== leading.isr.length
  if (isNews) return adopt(s, e, e.isr, me)
  return {
    self: withReplica(s, e, { ...replicaOf(s, e, me), leading: { ...leading, asked: null } }),
  }
}

/** What it had asked of the controller is answered to nobody. */
export function forgetAsked(s: NodeState, me: Self): NodeState {
  return ownLanes(s, me).reduce((now, lane) => {
    const replica = replicaOf(now, lane, me)
    if (replica.leading === null || replica.leading.asked === null) return now
    return withReplica(now, lane, { ...replica, leading: { ...replica.leading, asked: null } })
  }, s)
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
      self: forgetAsked(s, me),
      send: [[CONTROLLER, METADATA_FETCH]],
    }),
  }),
]
