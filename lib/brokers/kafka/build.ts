// From a story and its Kafka deployment to actors and lines. It speaks the shapes it needs, not the
// scenario document: documents know brokers, brokers know no documents.
import { dedupStore } from '../../clients/dedup-store.ts'
import type { Publishes } from '../../clients/publish.ts'
import { sink } from '../../clients/sink.ts'
import type { HandlerSettings, SinkKind, Strategy } from '../../clients/types.ts'
import { workloadOf } from '../../clients/workload.ts'
import type { ActorSpec, Kind, LinkSpec, Range, SystemSpec } from '../../engine/types.ts'
import { publisherLinks, publishers, publishingOf } from './build-publishers.ts'
import { transactionCoordinators, transactionLinks } from './build-transactions.ts'
import { consumer } from './consumer.ts'
import { deadLetterTopic, retryTopic } from './consumer-state.ts'
import { controllerKind } from './controller.ts'
import { coordinatorKind } from './coordinator.ts'
import { nodeKind } from './node.ts'
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
  /** How many events belong together. */
  readonly together: number
  readonly startsAtMs: number
}

export interface BuildService extends HandlerSettings {
  readonly id: string
  readonly listensTo: string
  readonly joinsAtMs: number
  /** Ids of its instances, its coordinator and its dedup store. */
  readonly instances: readonly string[]
  readonly coordinator: string
  readonly dedupStore: string
  /** What it writes to another stream, and the number of the fact that follows from fact 0. */
  readonly publishes?: Publishes & { readonly firstN: number }
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
  /** Made only where a producer has a transactional.id. */
  readonly transactionCoordinator: string
  readonly nodes: readonly string[]
  /** Settings of each topic, `partitions` among them. */
  readonly topics: Readonly<Record<string, Given>>
  readonly brokerSettings: Given
  readonly producerSettings: (id: string) => Given
  readonly consumerSettings: (id: string) => Given
  readonly latencyMs: Range
}

/** How long things of the environment take when no fault says otherwise. */
export const RESTART_MS: Range = [3000, 3000]
export const PAUSE_MS: Range = [9000, 9000]
const STALL_MS: Range = [9000, 9000]
const DOWN_MS: Range = [4000, 4000]
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
export function actor<S, C>(id: string, kind: Kind<S, C>, settings: C, group = ''): ActorSpec {
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
      together: producer.together,
      startsAtMs: producer.startsAtMs,
      inService: false,
      groupPort: '',
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
      ...publishingOf(story, service),
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
export function longestPoll(story: BuildStory, service: BuildService): number {
  const records = consumerConfig(story.consumerSettings(service.id))['max.poll.records']
  return records * (service.ms[1] + slowestAnswer(story, service))
}

function coordinators(story: BuildStory): readonly ActorSpec[] {
  const broker = brokerConfig(story.brokerSettings)
  return story.services.map((service) => {
    const config = consumerConfig(story.consumerSettings(service.id))
    return actor(service.coordinator, coordinatorKind, {
      group: service.id,
      'session.timeout.ms': config['session.timeout.ms'],
      'max.poll.interval.ms': config['max.poll.interval.ms'],
      'group.initial.rebalance.delay.ms': broker['group.initial.rebalance.delay.ms'],
      longestPollMs: longestPoll(story, service),
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
const TO_SINK = { requests: ['ApplyEffect'], replies: ['EffectAnswer', 'ConnectionClosed'] }
const TO_STORE = {
  requests: ['CheckSeen', 'MarkSeen'],
  replies: ['SeenAnswer', 'MarkAnswer', 'ConnectionClosed'],
}

type Carries = Pick<LinkSpec, 'requests' | 'replies'>

/** A line from a client to a server; the client's port is named by what it reaches. */
export function line(
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

/** Every client asks the controller and speaks to every node. */
export function toCluster(story: BuildStory, id: string): readonly LinkSpec[] {
  return [
    line(story, id, story.controller, { ...TO_CONTROLLER, port: 'controller' }),
    ...story.nodes.map((node) => line(story, id, node, TO_NODE)),
  ]
}

function links(story: BuildStory): readonly LinkSpec[] {
  const ofConsumer = (id: string, service: BuildService) => [
    ...toCluster(story, id),
    line(story, id, service.coordinator, { ...TO_COORDINATOR, port: 'coordinator' }),
    ...(service.sink === ''
      ? []
      : [line(story, id, service.sink, { ...TO_SINK, port: 'sink', mode: 'calls' })]),
    ...(usesStore(service)
      ? [line(story, id, service.dedupStore, { ...TO_STORE, port: 'dedup', mode: 'calls' })]
      : []),
  ]
  return [
    ...story.producers.flatMap(({ id }) => toCluster(story, id)),
    ...story.services.flatMap((service) =>
      service.instances.flatMap((id) => ofConsumer(id, service)),
    ),
  ]
}

export function buildKafka(story: BuildStory): SystemSpec {
  const topics = allTopics(story)
  return {
    actors: [
      ...producers(story),
      actor(story.controller, controllerKind, { nodes: story.nodes, topics }),
      ...story.nodes.map((id) => actor(id, nodeKind, { nodes: story.nodes, topics })),
      ...transactionCoordinators(story, topics),
      ...coordinators(story),
      ...consumers(story),
      ...publishers(story),
      ...stores(story),
      ...sinks(story),
    ],
    links: [...links(story), ...publisherLinks(story), ...transactionLinks(story)],
  }
}
