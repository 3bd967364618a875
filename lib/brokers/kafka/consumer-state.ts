// What one Kafka consumer knows: its process, its membership as it believes it to be, its partitions with
// positions and prefetched records, and the work in its handler's hands.
import {
  type CommitMode,
  commitMode,
  holding,
  inHand,
  noWork,
  type Work,
} from '../../clients/handler.ts'
import type { Publishes } from '../../clients/publish.ts'
import type { HandlerSettings, Message } from '../../clients/types.ts'
import { emptyTrie, type Trie } from '../../engine/trie.ts'
import type { Envelope, Me, Range } from '../../engine/types.ts'
import type { Fetched } from './consumer-isolation.ts'
import type {
  Assignment,
  Fetch,
  JoinGroupResponse,
  ListOffsets,
  OffsetCommit,
  StickyUserData,
  TopicMetadata,
} from './protocol.ts'
import { assignorsOf, type ConsumerConfig, instanceIdOf } from './settings.ts'

export interface Publishing extends Publishes {
  /** Number of the fact that follows from fact 0. */
  readonly firstN: number
  readonly transactional: boolean
}

/** Kafka's own settings by name, and what the story and its deployment add. */
export interface ConsumerSettings extends ConsumerConfig {
  /** Group id; also the service's id. */
  readonly service: string
  readonly topic: string
  /** More topics that it subscribes to. */
  readonly also?: readonly string[]
  /** Node ids, in the order by which the metadata names leaders. */
  readonly nodes: readonly string[]
  readonly handler: HandlerSettings
  /** What it writes to another stream, by a producer in the same process. */
  readonly publishes?: Publishing
  readonly joinsAtMs: number
  readonly restartMs: Range
  readonly pauseMs: Range
  /** How long a stalled handler hangs. */
  readonly stallMs: Range
  /** The application's own wait before it calls its sink or store again. */
  readonly retryMs: Range
  readonly callTimeoutMs: number
  /** The longest its sink may take to answer. */
  readonly slowestAnswerMs: number
}

export type Self = Me<ConsumerSettings>
export type Sends = (readonly [port: string, envelope: Envelope])[]

/**
 * `assigned`: the coordinator has answered, the handler has not come back to poll yet. `leaving`: it has not
 * polled in time and said so (group.protocol=consumer). A generation of -1 says that this process knows it is
 * no member; it is not the coordinator's word.
 */
export interface Membership {
  readonly phase: 'unjoined' | 'joining' | 'syncing' | 'assigned' | 'stable' | 'leaving'
  readonly member: string
  /** With group.protocol=consumer, the member epoch. */
  readonly generation: number
  readonly leader: boolean
  /** A rebalance has been called: join it in the next poll. */
  readonly rejoin: boolean
  /** Partitions in hand belong to somebody else by now: no commit, drop them in the next poll. */
  readonly lost: boolean
  /** The exception that the next poll throws: another process has its group.instance.id; '' for none. */
  readonly fatal: string
  readonly pending: Assignment | null
  /** It leads, and has yet to hear of topics that others read before it can assign. */
  readonly elected?: JoinGroupResponse
}

export interface Lane {
  readonly topic: string
  readonly partition: number
  /**
   * asked: its committed offset is being fetched; unstable: a transaction has yet to decide about that;
   * listing: it has none and the log is asked.
   */
  readonly state: 'asked' | 'unstable' | 'listing' | 'ready'
  /** The offset of the next record that poll returns; -1 while unknown. */
  readonly position: number
  /** Last position sent in an automatic commit, or fetched; -1 for unknown. */
  readonly committed: number
  readonly fetch: 'none' | 'sent' | 'again'
  readonly buffer: readonly Fetched[]
  /** How many records of the buffer poll has returned already. */
  readonly taken: number
  /** Leader epoch of the last record fetched; -1 while none was since it got its position. */
  readonly epoch: number
}

/** What a worker was at when its process died, for the picture. */
export interface Wreck {
  readonly worker: number
  readonly stage: string
  readonly message: Message
}

export interface ConsumerState {
  readonly process: 'waiting' | 'running' | 'crashed' | 'left' | 'stopped'
  readonly paused: boolean
  readonly stalled: boolean
  /** A deploy: it leaves the group when the handler comes back to poll. */
  readonly closing: boolean
  /** Why it stopped, '' while it has not. */
  readonly said: string
  readonly wrecks: readonly Wreck[]
  /** Which process this is, and how many member ids it and those before it have used. */
  readonly life: number
  readonly ids: number
  /** Partition counts by topic; 0 while unknown. */
  readonly partitions: Readonly<Record<string, number>>
  /** By topic: who leads its partitions as far as it has heard. */
  readonly metadata: Readonly<Record<string, TopicMetadata>>
  /** A leader that it knew has refused, or is gone: it wants to hear of a change at once. */
  readonly stale: boolean
  readonly group: Membership
  /** A StickyAssignor's memory: what it was given last, and when; null before that, or without one. */
  readonly sticky: StickyUserData | null
  /**
   * consumer.groupMetadata(): as it was when the last assignment was adopted, with group.protocol=consumer when
   * the last epoch was heard; a loss does not change it.
   */
  readonly joinedAs: { readonly member: string; readonly generation: number }
  readonly lanes: readonly Lane[]
  /** Index of the lane that poll drains next. */
  readonly turn: number
  readonly commitDue: boolean
  readonly work: Work
  /** The in-memory set of event ids. */
  readonly seen: Trie<true>
}

/** How many records one fetch asks for: the model's `max.partition.fetch.bytes`, in records. */
const FETCHED_AT_MOST = 500

export const retryTopic = (topic: string): string => `${topic}-retry`
export const deadLetterTopic = (topic: string): string => `${topic}-dlt`

/** What the service subscribes to: its topic, and its retry topic where it writes to one. */
export function topicsOf(settings: ConsumerSettings): readonly string[] {
  const { topic, also = [], handler } = settings
  const own = handler.onFailure === 'retry-topic' ? [topic, retryTopic(topic)] : [topic]
  return [...own, ...also]
}

function memberId(me: Self, ids: number): string {
  return `${me.id}#${ids}`
}

function noMembership(member: string): Membership {
  return {
    phase: 'unjoined',
    member,
    generation: -1,
    leader: false,
    rejoin: false,
    lost: false,
    fatal: '',
    pending: null,
  }
}

const NOBODY = { member: '', generation: -1 } as const

export function newProcess(me: Self, life: number, ids: number): ConsumerState {
  return {
    process: 'waiting',
    paused: false,
    stalled: false,
    closing: false,
    said: '',
    wrecks: [],
    life,
    ids,
    partitions: Object.fromEntries(topicsOf(me.settings).map((topic) => [topic, 0])),
    metadata: {},
    stale: false,
    group: noMembership(memberId(me, ids)),
    sticky: null,
    joinedAs: NOBODY,
    lanes: [],
    turn: 0,
    commitDue: false,
    work: noWork(me.settings.handler.workers),
    seen: emptyTrie(),
  }
}

export function modeOf(settings: ConsumerSettings): CommitMode {
  return commitMode(settings.handler, settings['enable.auto.commit'])
}

/**
 * The rebalance protocol is cooperative only when every assignor in the list supports it, so the default
 * list (range and cooperative-sticky) is eager (ConsumerCoordinator; KIP-429).
 */
export function isEager(settings: ConsumerSettings): boolean {
  const assignors = assignorsOf(settings['partition.assignment.strategy'])
  return assignors.some((name) => name !== 'cooperative-sticky')
}

/** The thread that polls is free: it is not in the handler, does not hang, and is not closing. */
export function mayPoll(s: ConsumerState): boolean {
  return !s.stalled && !s.closing && !inHand(s.work)
}

export const inTransactions = ({ publishes }: ConsumerSettings): boolean =>
  publishes?.transactional === true

export function isMember(s: ConsumerState): boolean {
  return s.group.generation >= 0
}

export function hasToJoin({ group }: ConsumerState): boolean {
  if (group.fatal !== '') return false
  return group.phase === 'unjoined' || (group.phase === 'stable' && group.rejoin)
}

/** Whether poll has a rebalance to join or to complete before it may return records. */
export function hasGroupBusiness(s: ConsumerState): boolean {
  const { phase, fatal } = s.group
  return fatal !== '' || phase === 'assigned' || phase === 'leaving' || hasToJoin(s)
}

export function knowsItsTopics(s: ConsumerState): boolean {
  for (const topic in s.partitions) if (s.partitions[topic] === 0) return false
  return true
}

export function hasBuffered(s: ConsumerState): boolean {
  for (const lane of s.lanes) if (lane.buffer.length > 0) return true
  return false
}

/** Index of the node that leads a partition, as far as the consumer has heard; -1: nobody does. */
export function leaderOf(s: ConsumerState, lane: LaneName): number {
  return s.metadata[lane.topic]?.leaders[lane.partition] ?? 0
}

/** The port to that node; '' while there is none. */
export function nodeOf(s: ConsumerState, settings: ConsumerSettings, lane: LaneName): string {
  return settings.nodes[leaderOf(s, lane)] ?? ''
}

type LaneName = Pick<Lane, 'topic' | 'partition'>

/** Index of the lane, or -1: partitions of one consumer are few. */
export function laneIndex(s: ConsumerState, topic: string, partition: number): number {
  for (let i = 0; i < s.lanes.length; i++) {
    const lane = s.lanes[i] as Lane
    if (lane.partition === partition && lane.topic === topic) return i
  }
  return -1
}

export function withLane(s: ConsumerState, index: number, change: Partial<Lane>): ConsumerState {
  const changed = { ...(s.lanes[index] as Lane), ...change }
  return { ...s, lanes: s.lanes.length === 1 ? [changed] : s.lanes.with(index, changed) }
}

/** Nothing while nobody leads: it is sent as soon as the consumer hears of a leader. */
export function fetchFor(s: ConsumerState, settings: ConsumerSettings, lane: Lane): Sends {
  const port = nodeOf(s, settings, lane)
  if (port === '') return []
  const { topic, partition, position } = lane
  const about = `${topic}/${partition}`
  const offset = position
  const fetch: Fetch = {
    kind: 'Fetch',
    about,
    topic,
    partition,
    offset,
    maxRecords: FETCHED_AT_MOST,
    ...isolationOf(settings),
  }
  const leaderEpoch = s.metadata[topic]?.epochs[partition] ?? 0
  if (leaderEpoch === 0) return [[port, fetch]]
  const known = {
    ...fetch,
    leaderEpoch,
    ...(lane.epoch < 0 ? {} : { lastFetchedEpoch: lane.epoch }),
  }
  return [[port, known]]
}

/** Where a partition without a usable offset begins: `auto.offset.reset` asks the log. */
export function listOffsetsFor(s: ConsumerState, settings: ConsumerSettings, lane: Lane): Sends {
  const port = nodeOf(s, settings, lane)
  if (port === '') return []
  const { topic, partition } = lane
  const at = settings['auto.offset.reset'] === 'latest' ? 'latest' : 'earliest'
  const about = `${topic}/${partition}`
  const ask: ListOffsets = {
    kind: 'ListOffsets',
    about,
    topic,
    partition,
    at,
    ...isolationOf(settings),
  }
  return [[port, ask]]
}

const UNCOMMITTED = {}
const COMMITTED = { isolation: 'read_committed' } as const

/** Requests name the isolation level only where it is not the default. */
export function isolationOf(settings: ConsumerSettings): { readonly isolation?: 'read_committed' } {
  return settings['isolation.level'] === 'read_committed' ? COMMITTED : UNCOMMITTED
}

/** An assignment as data, topics and partitions ascending: what the member tells that it owns. */
export function ownedOf(lanes: readonly Lane[]): Assignment {
  const owned: Record<string, number[]> = {}
  for (const lane of lanes) {
    owned[lane.topic] ??= []
    owned[lane.topic]?.push(lane.partition)
  }
  return owned
}

/** The automatic commit of every position that has moved since the last one; null when none has. */
export function autoCommitOf(s: ConsumerState, me: Self): OffsetCommit | null {
  if (!me.settings['enable.auto.commit'] || !isMember(s)) return null
  const moved = s.lanes.filter(hasMoved)
  return moved.length === 0 ? null : commitOf(s, moved.map(positionOf), ASYNC, me)
}

export const ASYNC = -1
export const WHOLE_BATCH = 0

export function commitOf(
  s: ConsumerState,
  offsets: OffsetCommit['offsets'],
  correlation: number,
  me: Self,
): OffsetCommit {
  const instance = instanceOf(me)
  const { member, generation } = s.group
  return { kind: 'OffsetCommit', member, ...instance, generation, correlation, offsets }
}

/** As a field of its requests; none for a dynamic member. */
export function instanceOf(me: Self): { readonly instance?: string } {
  const instance = instanceIdOf(me.settings, me.id)
  return instance === '' ? {} : { instance }
}

export function isStatic(me: Self): boolean {
  return me.settings['group.instance.id'] !== ''
}

export function positionOf(lane: Lane): OffsetCommit['offsets'][number] {
  return { topic: lane.topic, partition: lane.partition, offset: lane.position }
}

function hasMoved(lane: Lane): boolean {
  return lane.position >= 0 && lane.position !== lane.committed
}

export function hasUncommitted(s: ConsumerState): boolean {
  for (const lane of s.lanes) if (hasMoved(lane)) return true
  return false
}

/** All positions count as committed: the request that says so is on its way. */
export function allCommitted(lanes: readonly Lane[]): readonly Lane[] {
  return lanes.map((lane) => (hasMoved(lane) ? { ...lane, committed: lane.position } : lane))
}

/**
 * It learns that it is no member (any more). What it holds, it goes on with; in the next poll it drops its
 * partitions and joins again. An unknown member needs a new id; one of a past generation keeps its own
 * (AbstractCoordinator resets the member id except for ILLEGAL_GENERATION).
 */
export function loseMembership(s: ConsumerState, me: Self, newId: boolean): ConsumerState {
  const ids = newId ? s.ids + 1 : s.ids
  const group = { ...noMembership(memberId(me, ids)), lost: true }
  return { ...s, ids, group, commitDue: false }
}

/** The next poll throws this, and the application ends by it. */
export const withFatal = (s: ConsumerState, fatal: string): ConsumerState => ({
  ...s,
  group: { ...s.group, fatal },
})

export const holdingOf = (s: ConsumerState): readonly string[] => holding(s.work)
