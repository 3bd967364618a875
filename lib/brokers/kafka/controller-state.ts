// What the controller knows (KRaft): topics with their partitions, the nodes, and who waits to hear of changes.
import type { Seen } from '../../clients/types.ts'
import { ruleFor } from '../../engine/rule.ts'
import type { Envelope, Me } from '../../engine/types.ts'
import { laneName } from './node-state.ts'
import { type Facts, firstRegistration, type Partition } from './partition-registration.ts'
import { replicasOf } from './placement.ts'
import type { KafkaEnvelope, MetadataResponse } from './protocol.ts'
import type { ClusterEnvelope, PartitionState, WrittenShare } from './protocol-cluster.ts'
import { type TopicConfig, topicConfig } from './settings.ts'

export type { Partition } from './partition-registration.ts'

export interface ControllerSettings {
  /** Ids of the broker nodes; clients are told leaders by their index here. */
  readonly nodes: readonly string[]
  /** In the story's order: partitions are added to the first. */
  readonly topics: Readonly<Record<string, TopicConfig>>
  /** Present where partitions have replicas on several nodes, so that it matters which of them live. */
  readonly 'broker.session.timeout.ms'?: number
}

/** A client that knows the truth and waits to hear of a change. */
export interface ParkedMetadata {
  readonly port: string
  readonly topic: string
}

/** BrokerRegistration and BrokerHeartbeatManager, for one node. */
export interface BrokerState {
  /** It leads nothing and is in no ISR. */
  readonly fenced: boolean
  /** No heartbeat comes: its session runs out. */
  readonly silent: boolean
  /** A new process of it waits until the session of the old one is over. */
  readonly registering: boolean
  /** Its fetch of the metadata log waits here. */
  readonly listening: boolean
  /** Partitions that it has to hear of when it asks, as 'topic/partition'. */
  readonly stale: readonly string[]
}

export interface ControllerState {
  readonly partitions: Readonly<Record<string, readonly Partition[]>>
  readonly parked: readonly ParkedMetadata[]
  /** Handed out from ProducerIdManager's block, one for each start of an idempotent producer. */
  readonly nextProducerId: number
  /** In the order of the nodes; empty where partitions have one replica each. */
  readonly brokers: readonly BrokerState[]
  /** By 'topic/partition', what its leaders have written of share groups; absent until one has. */
  readonly shares?: Readonly<Record<string, readonly WrittenShare[]>>
}

export const rule = ruleFor<ControllerState, ControllerSettings, KafkaEnvelope | ClusterEnvelope>()
export type Self = Me<ControllerSettings>
export type Sends = readonly (readonly [port: string, envelope: Envelope])[]

export const NO_PARTITIONS: readonly Partition[] = []
const LISTENING: BrokerState = {
  fenced: false,
  silent: false,
  registering: false,
  listening: true,
  stale: [],
}

export function newController(me: Self): ControllerState {
  const { nodes, topics } = me.settings
  const clustered = me.settings['broker.session.timeout.ms'] !== undefined
  return {
    partitions: Object.fromEntries(
      Object.entries(topics).map(([topic, { partitions }]) => [
        topic,
        placed(me.settings, topic, 0, partitions),
      ]),
    ),
    parked: [],
    nextProducerId: 0,
    brokers: clustered ? nodes.map(() => LISTENING) : [],
  }
}

/** As they are placed when they are made: the first replica leads. */
export function placed(
  settings: ControllerSettings,
  topic: string,
  from: number,
  to: number,
): readonly Partition[] {
  return Array.from({ length: to - from }, (_, i) =>
    firstRegistration(replicaIndices(settings, topic, from + i)),
  )
}

const DEFAULTS = topicConfig({})

function replicaIndices(
  { nodes, topics }: ControllerSettings,
  topic: string,
  partition: number,
): readonly number[] {
  const factor = (topics[topic] ?? DEFAULTS)['replication.factor']
  return replicasOf(nodes, partition, factor).map((id) => nodes.indexOf(id))
}

export function factsOf(s: ControllerState, topic: string, partition: number, me: Self): Facts {
  return {
    replicas: replicaIndices(me.settings, topic, partition),
    config: me.settings.topics[topic] ?? DEFAULTS,
    isActive: (node) => s.brokers[node]?.fenced === false,
  }
}

export function metadataOf(s: ControllerState, topic: string): MetadataResponse {
  const partitions = s.partitions[topic] ?? NO_PARTITIONS
  const leaders = partitions.map(({ leader }) => leader)
  const epochs = partitions.map(({ epoch }) => epoch)
  return { kind: 'MetadataResponse', about: topic, topic, leaders, epochs }
}

export function stateOfPartition(
  s: ControllerState,
  topic: string,
  partition: number,
  me: Self,
): PartitionState {
  const { leader, epoch, isr } = (s.partitions[topic] ?? NO_PARTITIONS)[partition] as Partition
  const { nodes } = me.settings
  const shares = s.shares?.[laneName(topic, partition)]
  return {
    topic,
    partition,
    leader: nodes[leader] ?? '',
    epoch,
    isr: isr.map((node) => nodes[node] as string),
    ...(shares === undefined ? {} : { shares }),
  }
}

export function withBroker(
  s: ControllerState,
  node: number,
  change: Partial<BrokerState>,
): ControllerState {
  const brokers = s.brokers.map((each, i) => (i === node ? { ...each, ...change } : each))
  return { ...s, brokers }
}

export interface Change {
  readonly self: ControllerState
  readonly send: Sends
  readonly observe: readonly Seen[]
}

export const unchanged = (self: ControllerState): Change => ({ self, send: [], observe: [] })

export function andThen(first: Change, next: (s: ControllerState) => Change): Change {
  const { self, send, observe } = next(first.self)
  return { self, send: [...first.send, ...send], observe: [...first.observe, ...observe] }
}

/** Clients that wait for a change of this topic hear of it. */
export function tellClients(s: ControllerState, topic: string): Change {
  const told = s.parked.filter((each) => each.topic === topic)
  const self = { ...s, parked: s.parked.filter((each) => each.topic !== topic) }
  const send = told.map(({ port }) => [port, metadataOf(self, topic)] as const)
  return { self, send, observe: [] }
}
