// What a broker node knows: its process, its place in the cluster, and its replicas.
import type { Message } from '../../clients/types.ts'
import { ruleFor } from '../../engine/rule.ts'
import { at } from '../../engine/tape.ts'
import type { Envelope, Me, Range } from '../../engine/types.ts'
import { epochAt, messageIn } from './log.ts'
import { replicasOf } from './placement.ts'
import type { FetchedRecord, FetchResponse, KafkaEnvelope, ProduceResponse } from './protocol.ts'
import type { ClusterEnvelope } from './protocol-cluster.ts'
import { advanced, firstReplica, type Replica } from './replica.ts'
import { type TopicConfig, topicConfig } from './settings.ts'

export interface NodeState {
  /** By 'topic/partition'; a replica begins to exist when it is first written, read or asked about. */
  readonly replicas: Readonly<Record<string, Replica>>
  /** killed: somebody starts it again by itself; lost: nobody does; starting: not registered yet. */
  readonly life: 'running' | 'paused' | 'killed' | 'lost' | 'starting'
  /** Cut from the controller and the other nodes; clients still reach it. */
  readonly isolated: boolean
  /** Its replica fetcher threads hang: it follows nobody, and beats all the same. */
  readonly slow: boolean
}

export const NEW_NODE: NodeState = { replicas: {}, life: 'running', isolated: false, slow: false }

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
}

export const rule = ruleFor<NodeState, NodeSettings, KafkaEnvelope | ClusterEnvelope>()
export type Self = Me<NodeSettings>
export type Sends = readonly (readonly [port: string, envelope: Envelope])[]

export const laneName = (topic: string, partition: number): string => `${topic}/${partition}`

export type LaneOf = { readonly topic: string; readonly partition: number }

const DEFAULTS = topicConfig({})
export const NOBODY: Sends = []

export function configOf(me: Self, topic: string): TopicConfig {
  return me.settings.topics[topic] ?? DEFAULTS
}

export function replicaOf(s: NodeState, e: LaneOf, me: Self): Replica {
  const known = s.replicas[laneName(e.topic, e.partition)]
  if (known !== undefined) return known
  return firstReplica(me.id, me.settings.nodes, e.partition, configOf(me, e.topic))
}

export function withReplica(s: NodeState, e: LaneOf, replica: Replica): NodeState {
  return { ...s, replicas: { ...s.replicas, [laneName(e.topic, e.partition)]: replica } }
}

/** Ids of the nodes that hold a partition. */
export function holdersOf(me: Self, { topic, partition }: LaneOf): readonly string[] {
  return replicasOf(me.settings.nodes, partition, configOf(me, topic)['replication.factor'])
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

export const isClustered = (_s: NodeState, me: Self): boolean => me.settings.cluster !== undefined
export const isConnected = (s: NodeState): boolean => !s.isolated

/** The records from `offset` on, at most `maxRecords`, below the high watermark. */
export function readFrom(replica: Replica, e: LaneOf, offset: number, max: number): FetchResponse {
  const { log, highWatermark } = replica
  const end = Math.min(highWatermark, offset + max)
  const records: FetchedRecord[] = []
  for (let i = offset; i < end; i++) {
    const message: Message | null = messageIn(at(log.records, i))
    if (message !== null) records.push({ offset: i, message })
  }
  const { topic, partition } = e
  const about = laneName(topic, partition)
  const place = { kind: 'FetchResponse', about, topic, partition } as const
  const answer = { ...place, fetchOffset: offset, records, highWatermark }
  return replica.epoch === 0 ? answer : { ...answer, epoch: epochAt(log, end - 1) }
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
  const fetches = leading.parked.filter((each) => each.offset < highWatermark)
  const produced = leading.delayed.filter((each) => each.required <= highWatermark)
  if (fetches.length === 0 && produced.length === 0) return { replica, send: NOBODY }
  const send = [
    ...produced.map(({ port, answer }) => [port, answer] as const),
    ...fetches.map(
      ({ port, offset, maxRecords }) => [port, readFrom(replica, e, offset, maxRecords)] as const,
    ),
  ]
  const parked = leading.parked.filter((each) => each.offset >= highWatermark)
  const delayed = leading.delayed.filter((each) => each.required > highWatermark)
  return { replica: { ...replica, leading: { ...leading, parked, delayed } }, send }
}

/** The answer to a produce request that was not appended, or not to the end. */
export function refusing(
  answer: ProduceResponse,
  error: ProduceResponse['error'],
): ProduceResponse {
  return { ...answer, baseOffset: -1, error: error as NonNullable<ProduceResponse['error']> }
}
