// What is built from: the shapes of a story, and what follows from them for more than one kind of actor.
import type { Publishes } from '../../clients/publish.ts'
import type { HandlerSettings, SinkKind } from '../../clients/types.ts'
import type { ActorSpec, Kind, Range } from '../../engine/types.ts'
import type { BuildShareGroup } from './build-share.ts'
import { deadLetterTopic, retryTopic } from './consumer-state.ts'
import { consumerConfig, type Given, type TopicConfig, topicConfig } from './settings.ts'

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
  /** Event types that carry no data. */
  readonly removes?: readonly string[]
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
  /** Of the services that read as a share group, by id. */
  readonly shareGroups?: Readonly<Record<string, BuildShareGroup>>
  readonly latencyMs: Range
}

/** How long a process is away when no fault says otherwise. */
export const RESTART_MS: Range = [3000, 3000]
export const PAUSE_MS: Range = [9000, 9000]

const ASIDE: Given = { partitions: 1 }

export type Topics = Readonly<Record<string, TopicConfig>>

/** Topics of the story, and those that services write what failed to. */
export function allTopics(story: BuildStory): Topics {
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

export function isShared(story: BuildStory, { id }: BuildService): boolean {
  return story.shareGroups?.[id] !== undefined
}

export function isModern(story: BuildStory, service: BuildService): boolean {
  return consumerConfig(story.consumerSettings(service.id))['group.protocol'] === 'consumer'
}

type DedupTable = Extract<BuildService['strategy'], { readonly kind: 'dedup-table' }>

export function usesStore(
  service: BuildService,
): service is BuildService & { readonly strategy: DedupTable } {
  return service.strategy.kind === 'dedup-table'
}

export function slowestAnswer(story: BuildStory, service: BuildService): number {
  return story.sinks.find((each) => each.id === service.sink)?.answerMs[1] ?? 0
}

/** The longest a member may work between two polls: every record of a poll, each with its call. */
export function longestPoll(story: BuildStory, service: BuildService): number {
  const records = consumerConfig(story.consumerSettings(service.id))['max.poll.records']
  return records * longestRecord(story, service)
}

export function longestRecord(story: BuildStory, service: BuildService): number {
  return service.ms[1] + slowestAnswer(story, service)
}
