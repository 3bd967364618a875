// What a broker node knows: its process, its place in the cluster, and its replicas.
import { ruleFor } from '../../engine/rule.ts'
import { at } from '../../engine/tape.ts'
import type { Envelope, Me, Range } from '../../engine/types.ts'
import { epochAt } from './log.ts'
import { abortedWithin } from './log-transactions.ts'
import type { ShareState } from './node-share-state.ts'
import { replicasOf } from './placement.ts'
import type {
  Fetch,
  FetchedControl,
  FetchedRecord,
  FetchResponse,
  KafkaEnvelope,
  Produce,
  ProduceResponse,
} from './protocol.ts'
import type { ClusterEnvelope } from './protocol-cluster.ts'
import {
  advanced,
  type DelayedProduce,
  firstReplica,
  lastStableOffset,
  type ParkedFetch,
  type Replica,
} from './replica.ts'
import { type BrokerConfig, type TopicConfig, topicConfig } from './settings.ts'
import type { ShareGroupConfig } from './settings-share.ts'
import type { Waiting } from './transaction-peers.ts'

export interface NodeState {
  /** By 'topic/partition'; a replica begins to exist when it is first written, read or asked about. */
  readonly replicas: Readonly<Record<string, Replica>>
  /** Topics whose settings were altered, with their settings since then. */
  readonly configs?: Readonly<Record<string, TopicConfig>>
  /** killed: somebody starts it again by itself; lost: nobody does; starting: not registered yet. */
  readonly life: 'running' | 'paused' | 'killed' | 'lost' | 'starting'
  /** Cut from the controller and the other nodes; clients still reach it. */
  readonly isolated: boolean
  /** Its replica fetcher threads hang: it follows nobody, and beats all the same. */
  readonly slow: boolean
  /** Null while no share group has read from this node. */
  readonly share: ShareState | null
  /** Batches whose transaction the coordinator is being asked about, oldest first. */
  readonly verifying: readonly Verifying[]
}

/** A batch that waits for the coordinator's word. */
export interface Verifying extends Waiting {
  readonly produce: Produce
}

export const NEW_NODE: NodeState = {
  replicas: {},
  life: 'running',
  isolated: false,
  slow: false,
  share: null,
  verifying: [],
}

/** A share group as its brokers are configured, and how long its members may work on what they hold. */
export interface ShareGroupSettings extends ShareGroupConfig {
  /** By the scenario's own durations; search lets a lock expire on a live member only if this reaches it. */
  readonly longestWorkMs: number
}

/** What a node needs to know where partitions have several replicas. */
export interface ClusterSettings {
  readonly 'replica.lag.time.max.ms': number
  /** Ids of the coordinators that it may host. */
  readonly hosts: readonly string[]
  readonly restartMs: Range
  readonly pauseMs: Range
  readonly isolatedMs: Range
  readonly slowMs: Range
}

export interface NodeSettings {
  /** Ids of all nodes of the cluster, this one among them. */
  readonly nodes: readonly string[]
  readonly topics: Readonly<Record<string, TopicConfig>>
  /** Absent where every partition has one replica: then no node speaks to another, and none dies. */
  readonly cluster?: ClusterSettings
  /** Without it, the defaults. */
  readonly broker?: BrokerConfig
  /** The longest that a record lies unread, and that a batch is retried, while nobody is held up. */
  readonly longestLagMs?: number
  readonly longestRetryMs?: number
  /** Its logs are never cut, deleted or cleaned within a run (node-log.ts). */
  readonly quiet?: boolean
  /** By group id; absent where there is none. */
  readonly shareGroups?: Readonly<Record<string, ShareGroupSettings>>
}

export const rule = ruleFor<NodeState, NodeSettings, KafkaEnvelope | ClusterEnvelope>()
export type Self = Me<NodeSettings>
export type Sends = readonly (readonly [port: string, envelope: Envelope])[]

export const laneName = (topic: string, partition: number): string => `${topic}/${partition}`

export type LaneOf = { readonly topic: string; readonly partition: number }

const DEFAULTS = topicConfig({})
export const NOBODY: Sends = []

/** A topic's settings as they are now: somebody may have altered them. */
export function topicOf(s: Pick<NodeState, 'configs'>, topic: string, me: Self): TopicConfig {
  return s.configs?.[topic] ?? me.settings.topics[topic] ?? DEFAULTS
}

export const quiet = (s: NodeState, me: Self): boolean =>
  me.settings.quiet === true && s.configs === undefined

export function replicaOf(s: NodeState, e: LaneOf, me: Self): Replica {
  const known = s.replicas[laneName(e.topic, e.partition)]
  if (known !== undefined) return known
  return firstReplica(me.id, me.settings.nodes, e.partition, topicOf(s, e.topic, me))
}

export function withReplica(s: NodeState, e: LaneOf, replica: Replica): NodeState {
  return { ...s, replicas: { ...s.replicas, [laneName(e.topic, e.partition)]: replica } }
}

/** Ids of the nodes that hold a partition. */
export function holdersOf(me: Self, { topic, partition }: LaneOf): readonly string[] {
  return replicasOf(
    me.settings.nodes,
    partition,
    (me.settings.topics[topic] ?? DEFAULTS)['replication.factor'],
  )
}

/** Every partition of which this node holds a replica, touched yet or not. */
export function ownLanes(s: NodeState, me: Self): readonly LaneOf[] {
  const made = Object.entries(me.settings.topics).flatMap(([topic, { partitions }]) =>
    Array.from({ length: partitions }, (_, partition) => ({ topic, partition })),
  )
  const names = new Set(made.map(({ topic, partition }) => laneName(topic, partition)))
  const added = Object.keys(s.replicas).filter((name) => !names.has(name))
  return [...made, ...added.map(laneOf)].filter((lane) => holdersOf(me, lane).includes(me.id))
}

export function laneOf(name: string): LaneOf {
  const slash = name.lastIndexOf('/')
  return { topic: name.slice(0, slash), partition: Number(name.slice(slash + 1)) }
}

export const CONTROLLER = 'controller'
/** The port at which a leader hears one of its followers; the follower's own port is the leader's id. */
export const portOfFollower = (follower: string): string => `replica ${follower}`
/** Whose fetches come by this port; '' where it is no follower's. */
export const followerAt = (port: string): string =>
  port.startsWith('replica ') ? port.slice('replica '.length) : ''

export const leads = (s: NodeState, e: LaneOf, me: Self): boolean =>
  replicaOf(s, e, me).leading !== null

export const isClustered = (_s: NodeState, me: Self): boolean => me.settings.cluster !== undefined
export const isConnected = (s: NodeState): boolean => !s.isolated

/** Up to where a consumer may read, by its isolation.level. */
export function readableEnd(replica: Replica, isolation: Fetch['isolation']): number {
  return isolation === undefined ? replica.highWatermark : lastStableOffset(replica)
}

type Asked = Pick<Fetch, 'maxRecords' | 'isolation'>
type Records = (FetchedRecord | FetchedControl)[]

/** The records from `offset` on, at most so many, below what may be read; over gaps it goes on. */
export function readFrom(replica: Replica, e: LaneOf, offset: number, asked: Asked): FetchResponse {
  const { log, highWatermark } = replica
  const most = readableEnd(replica, asked.isolation)
  const records: Records = []
  let end = offset
  for (; end < most && records.length < asked.maxRecords; end++) {
    const record = at(log.records, end)
    if (record === null || record === undefined) continue
    const plain = !('control' in record || 'message' in record)
    records.push(plain ? { offset: end, message: record } : { offset: end, ...record })
  }
  const { topic, partition } = e
  const about = laneName(topic, partition)
  const place = { kind: 'FetchResponse', about, topic, partition } as const
  const read = { ...place, fetchOffset: offset, records, highWatermark }
  const answer = replica.epoch === 0 ? read : { ...read, epoch: epochAt(log, end - 1) }
  if (asked.isolation === undefined || log.aborted.length === 0) return answer
  const aborted = abortedWithin(log, offset, end)
  const named = aborted.map(({ producerId, firstOffset }) => ({ producerId, firstOffset }))
  return { ...answer, aborted: named }
}

export interface Settled {
  readonly replica: Replica
  readonly send: Sends
}

/**
 * What follows from what a leader has just learned or written: the high watermark goes up if it can, and
 * those who waited for that are answered: consumers with records, producers with acks=all with their offset.
 */
export function settled(changed: Replica, e: LaneOf): Settled {
  const replica = advanced(changed)
  const { leading, highWatermark } = replica
  if (leading === null || highWatermark === changed.highWatermark) return { replica, send: NOBODY }
  const isAwake = (each: ParkedFetch) => each.offset < readableEnd(replica, each.isolation)
  const fetches = leading.parked.filter(isAwake)
  const produced = leading.delayed.filter((each) => each.required <= highWatermark)
  if (fetches.length === 0 && produced.length === 0) return { replica, send: NOBODY }
  const send = [
    ...produced.map(({ port, answer }) => [port, answer] as const),
    ...fetches.map((each) => [each.port, readFrom(replica, e, each.offset, each)] as const),
  ]
  const parked = leading.parked.filter((each) => !isAwake(each))
  const delayed = leading.delayed.filter((each) => each.required > highWatermark)
  return { replica: { ...replica, leading: { ...leading, parked, delayed } }, send }
}

/** The answer to what was not appended, or whose append nobody could wait for to the end. */
export function refusing(
  answer: DelayedProduce['answer'],
  error: NonNullable<ProduceResponse['error']>,
): DelayedProduce['answer'] {
  if (answer.kind === 'ProduceResponse') return { ...answer, baseOffset: -1, error }
  const { participants: lanes } = answer
  const isLed = error !== 'NOT_LEADER_OR_FOLLOWER'
  return { ...answer, participants: [], ...(isLed ? { unsafe: lanes } : { refused: lanes }) }
}
