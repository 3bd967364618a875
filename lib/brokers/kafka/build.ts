// From a story and its Kafka deployment to actors and lines. It speaks the shapes it needs, not the
// scenario document: documents know brokers, brokers know no documents.
import { dedupStore } from '../../clients/dedup-store.ts'
import { sink } from '../../clients/sink.ts'
import type { HandlerSettings, SinkKind, Strategy } from '../../clients/types.ts'
import { workloadOf } from '../../clients/workload.ts'
import type { ActorSpec, Kind, LinkSpec, Range, SystemSpec } from '../../engine/types.ts'
import { consumer } from './consumer.ts'
import { deadLetterTopic, retryTopic } from './consumer-state.ts'
import { controllerKind } from './controller.ts'
import { coordinatorKind } from './coordinator.ts'
import { nodeKind } from './node.ts'
import { type ClusterSettings, CONTROLLER, portOfFollower } from './node-state.ts'
import { replicasOf } from './placement.ts'
import { producerKind } from './producer.ts'
import {
  brokerConfig,
  consumerConfig,
  type Given,
  producerConfig,
  type TopicConfig,
  topicConfig,
} from './settings.ts'

export interface BuildProducer {
  readonly id: string
  readonly publishes: string
  readonly count: number
  readonly everyMs: Range
  readonly keys: readonly string[]
  readonly eventTypes: readonly string[]
  readonly firstOrder: number
  readonly keyChoice: 'key' | 'none' | number
  readonly resendsWithNewId: boolean
}

export interface BuildService extends HandlerSettings {
  readonly id: string
  readonly listensTo: string
  readonly joinsAtMs: number
  /** Ids of its instances, its coordinator and its dedup store. */
  readonly instances: readonly string[]
  readonly coordinator: string
  readonly dedupStore: string
}

export interface BuildSink {
  readonly id: string
  readonly kind: SinkKind
  readonly answerMs: Range
  readonly slow: boolean
}

export interface BuildStory {
  readonly producers: readonly BuildProducer[]
  readonly services: readonly BuildService[]
  readonly sinks: readonly BuildSink[]
  readonly controller: string
  readonly nodes: readonly string[]
  /** Settings of each topic, `partitions` among them. */
  readonly topics: Readonly<Record<string, Given>>
  readonly brokerSettings: Given
  readonly producerSettings: (id: string) => Given
  readonly consumerSettings: (id: string) => Given
  readonly latencyMs: Range
}

/** How long things of the environment take when no fault says otherwise. */
const RESTART_MS: Range = [3000, 3000]
const PAUSE_MS: Range = [9000, 9000]
const STALL_MS: Range = [9000, 9000]
const DOWN_MS: Range = [4000, 4000]
const NODE_RESTART_MS: Range = [5000, 5000]
const NODE_PAUSE_MS: Range = [15_000, 15_000]
const ISOLATED_MS: Range = [15_000, 15_000]
const SLOW_FOLLOWER_MS: Range = [45_000, 45_000]
const RETRY_MS: Range = [400, 600]
const CALL_TIMEOUT_MS = 2000
const STORE_ANSWER_MS: Range = [20, 40]
/** What each row of a stock holds before its first decrement. */
const STOCK = 100

function retentionOf(strategy: Strategy): number {
  return strategy.kind === 'idempotency-key' ? strategy.retentionMs : 86_400_000
}

const ASIDE: Given = { partitions: 1 }

/** Topics of the story, and those that services write what failed to. */
function allTopics(story: BuildStory): Readonly<Record<string, TopicConfig>> {
  const more = story.services.flatMap(({ listensTo, onFailure }) => {
    if (onFailure === 'retry-topic') return [retryTopic(listensTo), deadLetterTopic(listensTo)]
    return onFailure === 'dead-letter-topic' ? [deadLetterTopic(listensTo)] : []
  })
  const given = { ...story.topics, ...Object.fromEntries(more.map((topic) => [topic, ASIDE])) }
  return Object.fromEntries(
    Object.entries(given).map(([topic, settings]) => [topic, topicConfig(settings)]),
  )
}

/** An actor whose settings are of its kind. */
function actor<S, C>(id: string, kind: Kind<S, C>, settings: C, group = ''): ActorSpec {
  return { id, kind, settings, group }
}

function producers(story: BuildStory): readonly ActorSpec[] {
  let firstN = 0
  return story.producers.map((producer) => {
    const workload = workloadOf({ ...producer, source: producer.id, firstN })
    firstN += producer.count
    return actor(producer.id, producerKind, {
      ...producerConfig(story.producerSettings(producer.id)),
      topic: producer.publishes,
      nodes: story.nodes,
      workload,
      resendsWithNewId: producer.resendsWithNewId,
      restartMs: RESTART_MS,
      pauseMs: PAUSE_MS,
    })
  })
}

function slowestAnswer(story: BuildStory, service: BuildService): number {
  return story.sinks.find((each) => each.id === service.sink)?.answerMs[1] ?? 0
}

function consumers(story: BuildStory): readonly ActorSpec[] {
  return story.services.flatMap((service) => {
    const settings = {
      ...consumerConfig(story.consumerSettings(service.id)),
      service: service.id,
      topic: service.listensTo,
      nodes: story.nodes,
      handler: service,
      joinsAtMs: service.joinsAtMs,
      restartMs: RESTART_MS,
      pauseMs: PAUSE_MS,
      stallMs: STALL_MS,
      retryMs: RETRY_MS,
      callTimeoutMs: CALL_TIMEOUT_MS,
      slowestAnswerMs: slowestAnswer(story, service),
    }
    return service.instances.map((id) => actor(id, consumer, settings, service.id))
  })
}

/** The longest a member may work between two polls: every record of a poll, each with its call. */
function longestPoll(story: BuildStory, service: BuildService): number {
  const records = consumerConfig(story.consumerSettings(service.id))['max.poll.records']
  return records * (service.ms[1] + slowestAnswer(story, service))
}

/**
 * Whether nodes are told apart: where a partition has replicas on several. With one replica each, no node speaks to
 * another and none dies.
 */
function isClustered(story: BuildStory): boolean {
  return (
    story.nodes.length > 1 &&
    Object.values(allTopics(story)).some((topic) => topic['replication.factor'] > 1)
  )
}

/** Nodes that may host the coordinator of a service: those with its partition of __consumer_offsets. */
function hostsOf(story: BuildStory, service: BuildService): readonly string[] {
  if (!isClustered(story)) return []
  const factor = brokerConfig(story.brokerSettings)['offsets.topic.replication.factor']
  return replicasOf(story.nodes, story.services.indexOf(service), factor)
}

function cluster(story: BuildStory, node: string): ClusterSettings {
  const hosted = story.services.filter((service) => hostsOf(story, service).includes(node))
  return {
    'replica.lag.time.max.ms': brokerConfig(story.brokerSettings)['replica.lag.time.max.ms'],
    hosts: hosted.map((service) => service.coordinator),
    restartMs: NODE_RESTART_MS,
    pauseMs: NODE_PAUSE_MS,
    isolatedMs: ISOLATED_MS,
    slowMs: SLOW_FOLLOWER_MS,
  }
}

function nodes(story: BuildStory, topics: Topics): readonly ActorSpec[] {
  const clustered = isClustered(story)
  return story.nodes.map((id) => {
    const settings = { nodes: story.nodes, topics }
    return actor(id, nodeKind, clustered ? { ...settings, cluster: cluster(story, id) } : settings)
  })
}

function controller(story: BuildStory, topics: Topics): ActorSpec {
  const name = 'broker.session.timeout.ms'
  const session = isClustered(story) ? { [name]: brokerConfig(story.brokerSettings)[name] } : {}
  return actor(story.controller, controllerKind, { nodes: story.nodes, topics, ...session })
}

type Topics = Readonly<Record<string, TopicConfig>>

function coordinators(story: BuildStory): readonly ActorSpec[] {
  const broker = brokerConfig(story.brokerSettings)
  return story.services.map((service) => {
    const replicas = hostsOf(story, service)
    const config = consumerConfig(story.consumerSettings(service.id))
    return actor(service.coordinator, coordinatorKind, {
      group: service.id,
      'session.timeout.ms': config['session.timeout.ms'],
      'max.poll.interval.ms': config['max.poll.interval.ms'],
      'group.initial.rebalance.delay.ms': broker['group.initial.rebalance.delay.ms'],
      longestPollMs: longestPoll(story, service),
      ...(replicas.length === 0 ? {} : { replicas }),
      'broker.session.timeout.ms': broker['broker.session.timeout.ms'],
    })
  })
}

function usesStore(service: BuildService): boolean {
  return service.strategy.kind === 'dedup-table'
}

function stores(story: BuildStory): readonly ActorSpec[] {
  const settings = { answerMs: STORE_ANSWER_MS, downMs: DOWN_MS }
  return story.services
    .filter(usesStore)
    .map((service) => actor(service.dedupStore, dedupStore, settings))
}

function sinks(story: BuildStory): readonly ActorSpec[] {
  return story.sinks.map(({ id, kind, answerMs, slow }) => {
    const service = story.services.find((each) => each.sink === id)
    const retentionMs = service === undefined ? 0 : retentionOf(service.strategy)
    const settings = {
      kind,
      answerMs,
      slow,
      retentionMs,
      poison: [],
      stock: STOCK,
      downMs: DOWN_MS,
    }
    return actor(id, sink, settings)
  })
}

const TO_CONTROLLER = {
  requests: ['Metadata', 'InitProducerId'],
  replies: ['MetadataResponse', 'InitProducerIdResponse'],
}
const TO_NODE = {
  requests: ['Produce', 'Fetch', 'ListOffsets'],
  replies: ['ProduceResponse', 'FetchResponse', 'ListOffsetsResponse'],
}
const TO_COORDINATOR = {
  requests: [
    'JoinGroup',
    'SyncGroup',
    'Heartbeat',
    'HeartbeatsStop',
    'LeaveGroup',
    'OffsetCommit',
    'OffsetFetch',
  ],
  replies: [
    'JoinGroupResponse',
    'SyncGroupResponse',
    'HeartbeatResponse',
    'OffsetCommitResponse',
    'OffsetFetchResponse',
  ],
}
const NODE_TO_CONTROLLER = {
  requests: ['BrokerRegistration', 'MetadataFetch', 'BrokerHeartbeatsStop', 'AlterPartition'],
  replies: ['BrokerRegistrationResponse', 'MetadataFetchResponse', 'AlterPartitionResponse'],
}
const TO_LEADER = {
  requests: ['ReplicaFetch', 'ReplicaFetchesStop'],
  replies: ['ReplicaFetchResponse'],
}
const TO_HOSTED = { requests: ['NodeUp'], replies: [] }
const TO_SINK = { requests: ['ApplyEffect'], replies: ['EffectAnswer', 'ConnectionClosed'] }
const TO_STORE = {
  requests: ['CheckSeen', 'MarkSeen'],
  replies: ['SeenAnswer', 'MarkAnswer', 'ConnectionClosed'],
}

type Carries = Pick<LinkSpec, 'requests' | 'replies'>

/** A line from a client to a server; the client's port is named by what it reaches. */
function line(
  story: BuildStory,
  from: string,
  to: string,
  more: Carries & Partial<LinkSpec>,
): LinkSpec {
  const mode = 'connection'
  return {
    id: `${from}/${to}`,
    from,
    port: to,
    to,
    at: from,
    mode,
    latency: story.latencyMs,
    ...more,
  }
}

/** Between followers and leaders, to the controller, and from each node to the coordinators it may host. */
function clusterLinks(story: BuildStory): readonly LinkSpec[] {
  if (!isClustered(story)) return []
  return story.nodes.flatMap((node) => [
    line(story, node, story.controller, { ...NODE_TO_CONTROLLER, port: CONTROLLER }),
    ...story.nodes
      .filter((leader) => leader !== node)
      .map((leader) => line(story, node, leader, { ...TO_LEADER, at: portOfFollower(node) })),
    ...story.services
      .filter((service) => hostsOf(story, service).includes(node))
      .map(({ coordinator }) => {
        return line(story, node, coordinator, { ...TO_HOSTED, latency: [0, 0] })
      }),
  ])
}

function links(story: BuildStory): readonly LinkSpec[] {
  const toCluster = (id: string) => [
    line(story, id, story.controller, { ...TO_CONTROLLER, port: 'controller' }),
    ...story.nodes.map((node) => line(story, id, node, TO_NODE)),
  ]
  const ofConsumer = (id: string, service: BuildService) => [
    ...toCluster(id),
    line(story, id, service.coordinator, { ...TO_COORDINATOR, port: 'coordinator' }),
    line(story, id, service.sink, { ...TO_SINK, port: 'sink', mode: 'calls' }),
    ...(usesStore(service)
      ? [line(story, id, service.dedupStore, { ...TO_STORE, port: 'dedup', mode: 'calls' })]
      : []),
  ]
  return [
    ...story.producers.flatMap(({ id }) => toCluster(id)),
    ...story.services.flatMap((service) =>
      service.instances.flatMap((id) => ofConsumer(id, service)),
    ),
    ...clusterLinks(story),
  ]
}

export function buildKafka(story: BuildStory): SystemSpec {
  const topics = allTopics(story)
  return {
    actors: [
      ...producers(story),
      controller(story, topics),
      ...nodes(story, topics),
      ...coordinators(story),
      ...consumers(story),
      ...stores(story),
      ...sinks(story),
    ],
    links: links(story),
  }
}
