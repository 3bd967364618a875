// What a broker does to its logs by itself: it rolls, deletes and cleans segments and forgets producers. Time
// is not in the state: an age is a timer that is armed by what has to grow old, and only where a setting lets
// it come within a run (HORIZON_MS).
import type { Seen } from '../../clients/types.ts'
import type { Out, Range } from '../../engine/types.ts'
import type { Log } from './log.ts'
import {
  cleaned,
  firstUncleanable,
  horizonPassed,
  isFilthy,
  lagPassed,
  markerPassed,
  takenAway,
  youngEnds,
} from './log-cleaner.ts'
import {
  aged,
  bounded,
  HORIZON_MS,
  isCompacted,
  isDeleted,
  joined,
  segmentsOf,
  startBySize,
  startingAt,
} from './log-segments.ts'
import { refusingFetches } from './node-metadata.ts'
import { startTold } from './node-replication.ts'
import { startedLater } from './node-share-settle.ts'
import {
  laneOf,
  leads,
  type NodeSettings,
  type NodeState,
  quiet,
  rule,
  type Self,
  type Sends,
  topicOf,
  withReplica,
} from './node-state.ts'
import type { KafkaError } from './protocol.ts'
import { lastStableOffset, type Replica } from './replica.ts'
import { brokerConfig, type TopicConfig } from './settings.ts'

const BROKER_DEFAULTS = brokerConfig({})

const brokerOf = (settings: NodeSettings) => settings.broker ?? BROKER_DEFAULTS

/** A log of this node, and what of it a timer is about. `ms` arms the timer anew when the setting changes. */
export interface Aging {
  readonly lane: string
  /** An offset; of a producer, its id. */
  readonly at: number
  readonly ms: number
  /** Of a producer: the offset of its last batch. */
  readonly last?: number
  /** It is about the end of a transaction that stands there, not about what lies below. */
  readonly isMarker?: true
}

const NOTHING: readonly Aging[] = []
const topicIn = (lane: string): string => lane.slice(0, lane.lastIndexOf('/'))
const partitionIn = (lane: string): number => Number(lane.slice(lane.lastIndexOf('/') + 1))

const comes = (ms: number): boolean => ms >= 0 && ms < HORIZON_MS

/** What can happen to a topic's logs within a run, by its settings. */
const REACHES = {
  expire: (config: TopicConfig) => comes(config['retention.ms']) && isDeleted(config),
  overflow: (config: TopicConfig) => config['retention.bytes'] >= 0 && isDeleted(config),
  age: (config: TopicConfig) => comes(config['segment.ms']),
  compact: isCompacted,
}
type Reach = keyof typeof REACHES
/** Whether nothing here can happen within a run. Worked out once: it is asked after every step of a node. */
export function isQuiet({ topics, broker = BROKER_DEFAULTS }: NodeSettings): boolean {
  if (comes(broker['producer.id.expiration.ms'])) return false
  const reaches = Object.values(REACHES)
  return Object.values(topics).every((config) => !reaches.some((reach) => reach(config)))
}

/** Whatever is aging in any log of the node. */
function agingIn(
  s: NodeState,
  me: Self,
  reach: Reach,
  of: (replica: Replica, config: TopicConfig, lane: string) => readonly Aging[],
): readonly Aging[] {
  let found = NOTHING
  for (const lane in s.replicas) {
    const config = topicOf(s, topicIn(lane), me)
    if (!REACHES[reach](config)) continue
    const more = of(s.replicas[lane] as Replica, config, lane)
    if (more.length > 0) found = [...found, ...more]
  }
  return found
}

function agingSegments(s: NodeState, me: Self): readonly Aging[] {
  return agingIn(s, me, 'age', ({ log }, config, lane) => {
    const active = segmentsOf(log).at(-1)
    if (active === undefined || active.aged || log.records.length === active.base) return NOTHING
    return [{ lane, at: active.base, ms: config['segment.ms'] }]
  })
}

/** Named by their last record: a segment is as old as that. */
function expiringSegments(s: NodeState, me: Self): readonly Aging[] {
  return agingIn(s, me, 'expire', ({ log }, config, lane) =>
    bounded(log).flatMap(([{ base }, end]) =>
      end > base ? [{ lane, at: end, ms: config['retention.ms'] }] : [],
    ),
  )
}

function overgrown(s: NodeState, me: Self): readonly Aging[] {
  return agingIn(s, me, 'overflow', ({ log, highWatermark }, config, lane) =>
    startBySize(log, highWatermark, config) > log.start
      ? [{ lane, at: 0, ms: config['retention.bytes'] }]
      : NOTHING,
  )
}

function lagging(s: NodeState, me: Self): readonly Aging[] {
  return agingIn(s, me, 'compact', ({ log }, config, lane) =>
    youngEnds(log, config).map((end) => ({ lane, at: end, ms: config['min.compaction.lag.ms'] })),
  )
}

function filthy(s: NodeState, me: Self): readonly Aging[] {
  return agingIn(s, me, 'compact', (replica, config, lane) => {
    const stable = lastStableOffset(replica)
    if (!isFilthy(replica.log, stable, config)) return NOTHING
    return [{ lane, at: firstUncleanable(replica.log, stable, config), ms: 0 }]
  })
}

function horizons(s: NodeState, me: Self): readonly Aging[] {
  return agingIn(s, me, 'compact', ({ log }, config, lane) => {
    const ms = config['delete.retention.ms']
    if (!comes(ms)) return NOTHING
    const { horizons: stretches, markers } = log.cleaning
    return [
      ...stretches.map(({ to }) => ({ lane, at: to, ms })),
      ...markers.map((at) => ({ lane, at, ms, isMarker: true as const })),
    ]
  })
}

/** Producers whose ids can expire: each time one writes, its time begins again. */
function idle(s: NodeState, me: Self): readonly Aging[] {
  const ms = brokerOf(me.settings)['producer.id.expiration.ms']
  if (!comes(ms)) return NOTHING
  return Object.entries(s.replicas).flatMap(([lane, { log }]) =>
    Object.entries(log.producers).map(([id, { batches }]) => {
      return { lane, at: Number(id), ms, last: batches.at(-1)?.offset ?? -1 }
    }),
  )
}

function withLog(s: NodeState, lane: string, change: (log: Log) => Log): NodeState {
  const replica = s.replicas[lane] as Replica
  return { ...s, replicas: { ...s.replicas, [lane]: { ...replica, log: change(replica.log) } } }
}

const logOf = (s: NodeState, { lane }: Aging): Log => (s.replicas[lane] as Replica).log

/** Who waits for the end of a transaction, and begins to read where nothing is any more (DelayedFetch). */
function overtaken(s: NodeState, lane: string, start: number): { self: NodeState; send: Sends } {
  const replica = s.replicas[lane] as Replica
  const { leading } = replica
  const send = refusingFetches(replica, laneOf(lane), 'OFFSET_OUT_OF_RANGE', start)
  if (leading === null || send.length === 0) return { self: s, send }
  const parked = leading.parked.filter(({ offset }) => offset >= start)
  const self = withReplica(s, laneOf(lane), { ...replica, leading: { ...leading, parked } })
  return { self, send }
}

/** The log begins later than before: what lies below is expired, whoever has read it. */
function startAt(s: NodeState, lane: string, start: number, me: Self): Out<NodeState> {
  const seen: Seen = {
    kind: 'expired',
    actor: me.id,
    stream: topicIn(lane),
    lane: partitionIn(lane),
    start,
  }
  const left = overtaken(s, lane, start)
  const begun = withLog(left.self, lane, (log) => startingAt(log, start))
  const shares = startedLater(begun, laneOf(lane), me)
  return { self: shares.s, send: left.send, observe: [seen, ...shares.observe] }
}

function clean(s: NodeState, { lane, at: to }: Aging, me: Self): Out<NodeState> {
  const before = (s.replicas[lane] as Replica).log
  const config = topicOf(s, topicIn(lane), me)
  const self = withLog(s, lane, (log) => joined(cleaned(log, to), to, config))
  const offsets = takenAway(before, (self.replicas[lane] as Replica).log)
  const seen: Seen = {
    kind: 'compacted',
    actor: me.id,
    stream: topicIn(lane),
    lane: partitionIn(lane),
    offsets,
  }
  return offsets.length === 0 ? { self } : { self, observe: [seen] }
}

function forget(s: NodeState, { lane, at: id }: Aging): NodeState {
  return withLog(s, lane, (log) => {
    const { [id]: _, ...producers } = log.producers
    return { ...log, producers }
  })
}

/** Time runs against readers that are alive: it takes a pause unless they may lie behind for so long. */
function overtakesReaders(_s: NodeState, _e: unknown, { ms }: Aging, me: Self): boolean {
  return ms <= (me.settings.longestLagMs ?? Number.POSITIVE_INFINITY)
}

function overtakesRetries(_s: NodeState, _e: unknown, { ms }: Aging, me: Self): boolean {
  return ms <= (me.settings.longestRetryMs ?? Number.POSITIVE_INFINITY)
}

const exactly = (ms: number): Range => [ms, ms]
const aboutLane = (_s: NodeState, _e: unknown, { lane, at }: Aging): string => `${lane}@${at}`

/** Topics whose records an operator in need of space could let go at once. */
function loweringHelps(s: NodeState, me: Self): boolean {
  for (const lane in s.replicas) {
    const config = topicOf(s, topicIn(lane), me)
    const { log } = s.replicas[lane] as Replica
    const isLong = config['retention.ms'] < 0 || config['retention.ms'] > LOWERED_MS
    if (isLong && isDeleted(config) && log.records.length > log.start) return true
  }
  return false
}

const LOWERED_MS = 1000

/** log.retention.ms of this broker, for every topic that gives none of its own. */
function lowerRetention(s: NodeState, me: Self): NodeState {
  const topics = Object.keys(me.settings.topics)
  const lowered = topics.map((topic) => {
    const config = topicOf(s, topic, me)
    return [topic, { ...config, 'retention.ms': LOWERED_MS }] as const
  })
  return { ...s, configs: { ...s.configs, ...Object.fromEntries(lowered) } }
}

/** ReplicaManager.deleteRecords, on the leader: up to the high watermark, and where the policy deletes. */
function deleteRecords(s: NodeState, lane: string, before: number, me: Self): Out<NodeState> {
  const [topic, partition] = [topicIn(lane), partitionIn(lane)]
  const replica = s.replicas[lane]
  const answer = (start: number, error?: KafkaError) =>
    ({
      kind: 'DeleteRecordsResponse',
      topic,
      partition,
      start,
      ...(error === undefined ? {} : { error }),
    }) as const
  if (!leads(s, { topic, partition }, me)) return { reply: answer(-1, 'NOT_LEADER_OR_FOLLOWER') }
  if (!isDeleted(topicOf(s, topic, me))) return { reply: answer(-1, 'POLICY_VIOLATION') }
  const highWatermark = replica?.highWatermark ?? 0
  const start = before < 0 ? highWatermark : before
  if (start > highWatermark) return { reply: answer(-1, 'OFFSET_OUT_OF_RANGE') }
  if (replica === undefined || start <= replica.log.start) {
    return { reply: answer(replica?.log.start ?? 0) }
  }
  const { self = s, send = [], observe = [] } = startAt(s, lane, start, me)
  const told = startTold(self, { topic, partition }, me)
  return { ...told, send: [...send, ...(told.send ?? [])], observe, reply: answer(start) }
}

export const logRules = [
  rule({
    name: 'SegmentAges',
    reads: ['segment.ms'],
    cites: 'LogSegment.shouldRoll: the next append after segment.ms begins another segment',
    timer: true,
    usual: overtakesReaders,
    each: (s, _e, me) => (quiet(s, me) ? NOTHING : agingSegments(s, me)),
    takes: (_settings, _s, _e, { ms }) => exactly(ms),
    about: aboutLane,
    then: (s, _e, { lane, at }) => ({ self: withLog(s, lane, (log) => aged(log, at)) }),
  }),
  rule({
    name: 'DeleteRetentionMsBreachedSegments',
    reads: ['cleanup.policy', 'retention.ms', 'log.retention.check.interval.ms'],
    cites:
      'UnifiedLog.deleteRetentionMsBreachedSegments. The active segment goes too, once its newest record is old enough: another is rolled first',
    timer: true,
    usual: overtakesReaders,
    each: (s, _e, me) => (quiet(s, me) ? NOTHING : expiringSegments(s, me)),
    when: {
      'every replica in sync has all of the segment': (s, _e, { lane, at }) =>
        (s.replicas[lane] as Replica).highWatermark >= at,
    },
    takes: (settings, _s, _e, { ms }) => [
      ms,
      ms + brokerOf(settings)['log.retention.check.interval.ms'],
    ],
    about: aboutLane,
    then: (s, _e, { lane, at }, me) => startAt(s, lane, at, me),
  }),
  rule({
    name: 'DeleteRetentionSizeBreachedSegments',
    reads: ['cleanup.policy', 'retention.bytes', 'log.retention.check.interval.ms'],
    cites: 'UnifiedLog.deleteRetentionSizeBreachedSegments: whole segments, from the oldest',
    timer: true,
    each: (s, _e, me) => (quiet(s, me) ? NOTHING : overgrown(s, me)),
    takes: (settings) => [0, brokerOf(settings)['log.retention.check.interval.ms']],
    about: aboutLane,
    then: (s, _e, { lane }, me) => {
      const { log, highWatermark } = s.replicas[lane] as Replica
      const config = topicOf(s, topicIn(lane), me)
      return startAt(s, lane, startBySize(log, highWatermark, config), me)
    },
  }),
  rule({
    name: 'CompactionLagPasses',
    reads: ['cleanup.policy', 'min.compaction.lag.ms'],
    cites: 'LogCleanerManager.cleanableOffsets; KIP-58',
    timer: true,
    each: (s, _e, me) => (quiet(s, me) ? NOTHING : lagging(s, me)),
    takes: (_settings, _s, _e, { ms }) => exactly(ms),
    about: aboutLane,
    then: (s, _e, { lane, at }) => ({ self: withLog(s, lane, (log) => lagPassed(log, at)) }),
  }),
  rule({
    name: 'CleanLog',
    reads: ['cleanup.policy', 'min.cleanable.dirty.ratio', 'log.cleaner.backoff.ms'],
    cites: 'LogCleaner.cleanFilthiestLog, Cleaner.doClean: closed segments only, offsets stay',
    each: (s, _e, me) => (quiet(s, me) ? NOTHING : filthy(s, me)),
    takes: (settings) => [0, brokerOf(settings)['log.cleaner.backoff.ms']],
    about: aboutLane,
    then: (s, _e, aging, me) => clean(s, aging, me),
  }),
  rule({
    name: 'DeleteHorizonPasses',
    reads: ['delete.retention.ms'],
    cites:
      'KIP-534: the time runs from the first cleaning; the next one removes the tombstones, and the ends of transactions of which nothing is left',
    timer: true,
    each: (s, _e, me) => (quiet(s, me) ? NOTHING : horizons(s, me)),
    takes: (_settings, _s, _e, { ms }) => exactly(ms),
    about: aboutLane,
    then: (s, _e, { lane, at, isMarker }) => ({
      self: withLog(s, lane, (log) => (isMarker ? markerPassed(log, at) : horizonPassed(log, at))),
    }),
  }),
  rule({
    name: 'RemoveExpiredProducer',
    reads: ['producer.id.expiration.ms', 'producer.id.expiration.check.interval.ms'],
    cites: 'ProducerStateManager.removeExpiredProducers; KIP-854',
    timer: true,
    usual: overtakesRetries,
    each: (s, _e, me) => (quiet(s, me) ? NOTHING : idle(s, me)),
    when: {
      'it has no open transaction': (s, _e, aging) =>
        logOf(s, aging).open.every(({ producerId }) => producerId !== aging.at),
    },
    takes: (settings, _s, _e, { ms }) => [
      ms,
      ms + brokerOf(settings)['producer.id.expiration.check.interval.ms'],
    ],
    about: aboutLane,
    then: (s, _e, aging) => ({ self: forget(s, aging) }),
  }),
  rule({
    name: 'LowerRetention',
    fault: { kind: 'lower-retention' },
    reads: ['retention.ms'],
    cites: 'kafka-configs.sh --entity-type brokers --alter --add-config log.retention.ms=1000',
    ready: {
      'it keeps records for longer than a second': (s, me) => loweringHelps(s, me),
    },
    then: (s, _e, _x, me) => ({ self: lowerRetention(s, me) }),
  }),
  rule({
    name: 'DeleteRecords',
    on: 'DeleteRecords',
    reads: ['cleanup.policy'],
    cites: 'KIP-107, KIP-204; ReplicaManager.deleteRecords',
    then: (s, e, _x, me) => deleteRecords(s, `${e.topic}/${e.partition}`, e.before, me),
  }),
]
