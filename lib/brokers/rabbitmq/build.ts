// From a story and its RabbitMQ deployment to actors and lines: an exchange for each stream, bound to it a
// queue for each service, and one for its dead letters.
import { dedupStore } from '../../clients/dedup-store.ts'
import { sink } from '../../clients/sink.ts'
import type { HandlerSettings, SinkKind, Strategy } from '../../clients/types.ts'
import { workloadOf } from '../../clients/workload.ts'
import type { ActorSpec, Kind, LinkSpec, Range, SystemSpec } from '../../engine/types.ts'
import { consumer } from './consumer.ts'
import { nodeKind } from './node.ts'
import type { Exchange, Queue, Version } from './node-state.ts'
import { publisherKind } from './publisher.ts'
import { newQueue } from './queue.ts'
import {
  brokerConfig,
  consumerConfig,
  type Given,
  hasDeadLetterQueue,
  isStream,
  mostReturns,
  publisherConfig,
  queueArguments,
  retryAfterMs,
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
  readonly startsAtMs: number
}
export interface BuildService extends HandlerSettings {
  readonly id: string
  readonly listensTo: string
  readonly joinsAtMs: number
  readonly instances: readonly string[]
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
  readonly streams: readonly string[]
  readonly node: string
  readonly version: Version
  readonly brokerSettings: Given
  readonly producerSettings: (id: string) => Given
  readonly consumerSettings: (id: string) => Given
  readonly queueSettings: (service: string) => Given
  /** Services whose queue is not bound: what is published is unroutable for them. */
  readonly unbound: readonly string[]
  readonly latencyMs: Range
}

const RESTART_MS: Range = [3000, 3000]
const PAUSE_MS: Range = [9000, 9000]
const STALL_MS: Range = [9000, 9000]
const DOWN_MS: Range = [4000, 4000]
const RETRY_MS: Range = [400, 600]
const CALL_TIMEOUT_MS = 2000
const STORE_ANSWER_MS: Range = [20, 40]
const STOCK = 100

/** A queue keeps everything for its service; a stream is read from where a consumer says. */
export function hearsAll(queue: Given, consumer: Given): boolean {
  return !isStream(queue) || consumer['x-stream-offset'] === 'first'
}

export const queueOf = (stream: string, service: string): string => `${stream}.${service}`
const deadLettersOf = (queue: string): string => `${queue}.dlq`

function actor<S, C>(id: string, kind: Kind<S, C>, settings: C, group = ''): ActorSpec {
  return { id, kind, settings, group }
}

function publishers(story: BuildStory): readonly ActorSpec[] {
  let firstN = 0
  return story.producers.map((producer) => {
    const workload = workloadOf({ ...producer, source: producer.id, firstN })
    firstN += producer.count
    return actor(producer.id, publisherKind, {
      ...publisherConfig(story.producerSettings(producer.id)),
      exchange: producer.publishes,
      workload,
      resendsWithNewId: producer.resendsWithNewId,
      startsAtMs: producer.startsAtMs,
      restartMs: RESTART_MS,
      pauseMs: PAUSE_MS,
    })
  })
}

function queuesOf(story: BuildStory, service: BuildService): readonly Queue[] {
  const name = queueOf(service.listensTo, service.id)
  const given = story.queueSettings(service.id)
  const shape = { durable: true, owner: '', autoDelete: false }
  const own = queueArguments(given)
  if (!hasDeadLetterQueue(given)) return [newQueue({ name, ...shape, arguments: own })]
  const dead = { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': deadLettersOf(name) }
  const type = { 'x-queue-type': own['x-queue-type'] ?? 'classic' }
  const ttl = retryAfterMs(given)
  const back = { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': name }
  const ring = ttl < 0 ? type : { ...type, ...back, 'x-message-ttl': ttl }
  return [
    newQueue({ name, ...shape, arguments: { ...own, ...dead } }),
    newQueue({ name: deadLettersOf(name), ...shape, arguments: ring }),
  ]
}

function exchangesOf(story: BuildStory): Readonly<Record<string, Exchange>> {
  return Object.fromEntries(
    story.streams.map((stream) => {
      const bindings = story.services
        .filter(({ id, listensTo }) => listensTo === stream && !story.unbound.includes(id))
        .map(({ id }) => ({
          to: 'queue' as const,
          destination: queueOf(stream, id),
          routingKey: '',
          arguments: {},
        }))
      return [stream, { type: 'fanout' as const, durable: true, alternate: '', bindings }]
    }),
  )
}

function node(story: BuildStory): ActorSpec {
  return actor(story.node, nodeKind, {
    ...brokerConfig(story.brokerSettings),
    version: story.version,
    restartMs: RESTART_MS,
    exchanges: exchangesOf(story),
    queues: story.services.flatMap((service) => queuesOf(story, service)),
    groups: Object.fromEntries(
      story.services.map(({ id, listensTo }) => [queueOf(listensTo, id), id]),
    ),
  })
}

function consumers(story: BuildStory): readonly ActorSpec[] {
  return story.services.flatMap((service) => {
    const settings = {
      ...consumerConfig(story.consumerSettings(service.id)),
      service: service.id,
      queue: queueOf(service.listensTo, service.id),
      stream: isStream(story.queueSettings(service.id)),
      handler: service,
      joinsAtMs: service.joinsAtMs,
      restartMs: RESTART_MS,
      pauseMs: PAUSE_MS,
      stallMs: STALL_MS,
      retryMs: RETRY_MS,
      callTimeoutMs: CALL_TIMEOUT_MS,
      mostReturns: mostReturns(story.queueSettings(service.id)),
      slowestAnswerMs: story.sinks.find((each) => each.id === service.sink)?.answerMs[1] ?? 0,
    }
    return service.instances.map((id) => actor(id, consumer, settings, service.id))
  })
}

const usesStore = (service: BuildService): boolean => service.strategy.kind === 'dedup-table'

function retentionOf(strategy: Strategy | undefined): number {
  return strategy?.kind === 'idempotency-key' ? strategy.retentionMs : 86_400_000
}

function sinks(story: BuildStory): readonly ActorSpec[] {
  return story.sinks.map(({ id, kind, answerMs, slow }) => {
    const service = story.services.find((each) => each.sink === id)
    const retentionMs = service === undefined ? 0 : retentionOf(service.strategy)
    const rest = { poison: [], stock: STOCK, downMs: DOWN_MS }
    return actor(id, sink, { kind, answerMs, slow, retentionMs, ...rest })
  })
}

const ASKED = [
  'ChannelOpen',
  'ChannelClose',
  'ChannelCloseOk',
  'HeartbeatsStop',
  'HeartbeatsResume',
]
const PUBLISHING = {
  requests: [...ASKED, 'ConfirmSelect', 'BasicPublish'],
  replies: ['ChannelOpenOk', 'ChannelClose', 'MethodOk', 'BasicAck', 'BasicNack', 'BasicReturn'],
}
const ASKING = {
  requests: [...PUBLISHING.requests, 'QueueDeclare', 'BasicConsume'],
  replies: [...PUBLISHING.replies, 'BasicDeliver', 'BasicCancel'],
}
const CONSUMING = {
  requests: [
    ...ASKED,
    'BasicQos',
    'BasicConsume',
    'BasicCancel',
    'BasicAck',
    'BasicNack',
    'BasicReject',
  ],
  replies: [
    'ChannelOpenOk',
    'ChannelCloseOk',
    'ChannelClose',
    'MethodOk',
    'BasicDeliver',
    'BasicCancel',
  ],
}
const TO_SINK = { requests: ['ApplyEffect'], replies: ['EffectAnswer', 'ConnectionClosed'] }
const TO_STORE = {
  requests: ['CheckSeen', 'MarkSeen'],
  replies: ['SeenAnswer', 'MarkAnswer', 'ConnectionClosed'],
}

type More = Pick<LinkSpec, 'port' | 'requests' | 'replies'> & Partial<LinkSpec>

function line(story: BuildStory, from: string, to: string, more: More): LinkSpec {
  const base = { id: `${from}/${to}`, from, to, at: from, mode: 'connection' } as const
  return { ...base, latency: story.latencyMs, ...more }
}

function links(story: BuildStory): readonly LinkSpec[] {
  const { node: broker } = story
  const push = true as const
  const asks = ({ id }: BuildProducer) => publisherConfig(story.producerSettings(id)).reply_to
  const answering = story.producers.some(asks)
  const consuming = answering
    ? { ...CONSUMING, requests: [...CONSUMING.requests, 'BasicPublish'] }
    : CONSUMING
  return [
    ...story.producers.map((producer) => {
      const kinds = asks(producer) ? ASKING : PUBLISHING
      return line(story, producer.id, broker, { ...kinds, port: 'broker', push })
    }),
    ...story.services.flatMap((service) =>
      service.instances.flatMap((id) => [
        line(story, id, broker, { ...consuming, port: 'broker', push }),
        line(story, id, service.sink, { ...TO_SINK, port: 'sink', mode: 'calls' }),
        ...(usesStore(service)
          ? [line(story, id, service.dedupStore, { ...TO_STORE, port: 'dedup', mode: 'calls' })]
          : []),
      ]),
    ),
  ]
}

function stores(story: BuildStory): readonly ActorSpec[] {
  const times = { answerMs: STORE_ANSWER_MS, downMs: DOWN_MS }
  return story.services.flatMap(({ strategy, dedupStore: id }) => {
    if (strategy.kind !== 'dedup-table') return []
    const { keeps } = strategy
    return [actor(id, dedupStore, keeps === undefined ? times : { ...times, keeps })]
  })
}

export function buildRabbitmq(story: BuildStory): SystemSpec {
  return {
    actors: [
      ...publishers(story),
      node(story),
      ...consumers(story),
      ...stores(story),
      ...sinks(story),
    ],
    links: links(story),
  }
}
