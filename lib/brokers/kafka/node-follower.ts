// The follower's side of replication: it appends what its leader has, and cuts off what the leader has not.
import type { Seen } from '../../clients/types.ts'
import { append, slice, type Tape, tapeOf } from '../../engine/tape.ts'
import type { Out } from '../../engine/types.ts'
import { EMPTY_LOG, type Log, type LogRecord, logEnd, messageIn } from './log.ts'
import { startingAt } from './log-segments.ts'
import { endOffsetFor, fetchesFrom, replicaFetchFor } from './node-replication.ts'
import {
  isConnected,
  type NodeState,
  replicaOf,
  rule,
  type Self,
  withReplica,
} from './node-state.ts'
import type { DivergingEpoch, ReplicaFetchResponse } from './protocol-cluster.ts'

/** Retention may have run here first: UnifiedLog.maybeIncrementLogStartOffset never goes back. */
const notBefore = (log: Log, start: number): Log =>
  start > log.start ? startingAt(log, start) : log

/** Appends what the leader has; what is derived from it is the leader's at the end of these records. */
function appendToFollower(s: NodeState, e: ReplicaFetchResponse, me: Self): Out<NodeState> {
  const before = replicaOf(s, e, me)
  let { records } = before.log
  for (const record of e.records) records = append(records, record)
  const { start, epochs, producers, open, aborted, segments, wide } = e
  const derived = { start, epochs, producers, open, aborted, segments, wide }
  // Each replica cleans for itself.
  const told: Log = { records, ...derived, cleaning: before.log.cleaning }
  const log = notBefore(told, before.log.start)
  const highWatermark = Math.max(before.highWatermark, Math.min(e.highWatermark, records.length))
  const replica = { ...before, log, highWatermark }
  return { self: withReplica(s, e, replica), reply: replicaFetchFor(replica, e) }
}

function cutAt(records: Tape<LogRecord>, end: number): Tape<LogRecord> {
  return tapeOf(slice(records, 0, end))
}

/** What the cleaner has yet to look at again: nothing beyond `end` is there any more. */
function uncleaned(cleaning: Log['cleaning'], end: number): Log['cleaning'] {
  const below = (stretches: typeof cleaning.passed) => stretches.filter(({ to }) => to <= end)
  return {
    firstDirty: Math.min(cleaning.firstDirty, end),
    lagged: Math.min(cleaning.lagged, end),
    horizons: below(cleaning.horizons),
    markers: cleaning.markers.filter((offset) => offset < end),
    passed: below(cleaning.passed),
    hollow: cleaning.hollow.filter(({ last }) => last < end),
  }
}

/** Transactions that are open again once what ended them is cut off, by first offset. */
function reopened(log: Log, end: number): Log['open'] {
  const cut = log.aborted.filter((each) => each.lastOffset >= end)
  const ended = cut.filter(
    ({ firstOffset }) => !log.open.some((each) => each.firstOffset === firstOffset),
  )
  return [...log.open, ...ended]
    .filter(({ firstOffset }) => firstOffset < end)
    .map(({ producerId, firstOffset, ...more }) => {
      const stays = 'end' in more && more.end !== undefined && more.end < end
      return stays
        ? { producerId, firstOffset, end: more.end as number }
        : { producerId, firstOffset }
    })
    .sort((a, b) => a.firstOffset - b.firstOffset)
}

/** LeaderEpochFileCache.truncateFromEnd: epochs that wrote nothing before the end go, the only one too. */
function epochsUpTo(log: Log, end: number): Log['epochs'] {
  const kept = log.epochs.filter((each) => each.start < end)
  return kept.length === 0 ? EMPTY_LOG.epochs : kept
}

/** Producers of whom a control record is left, which is all that some leave. */
function markedIn(log: Log, end: number): ReadonlySet<number> {
  const records = slice(log.records, 0, end)
  return new Set(records.flatMap((each) => (each && 'control' in each ? [each.producerId] : [])))
}

/** The log up to `end`. Who produced the rest is forgotten with it (ProducerStateManager.truncateAndReload). */
export function truncated(log: Log, end: number): Log {
  const markers = markedIn(log, end)
  const producers = Object.entries(log.producers).flatMap(([id, entry]) => {
    const batches = entry.batches.filter((batch) => batch.offset < end)
    const isKnown = batches.length > 0 || markers.has(Number(id))
    return isKnown ? [[id, { ...entry, batches }] as const] : []
  })
  return {
    ...log,
    records: cutAt(log.records, end),
    epochs: epochsUpTo(log, end),
    producers: Object.fromEntries(producers),
    open: reopened(log, end),
    aborted: log.aborted.filter((each) => each.lastOffset < end),
    segments: log.segments.filter((each) => each.base < end),
    cleaning: uncleaned(log.cleaning, end),
    wide: tapeOf(slice(log.wide, 0).filter((batch) => batch.last < end)),
  }
}

/** Back to where both logs agree: its own end of that epoch, or the leader's if that comes first. */
function truncate(s: NodeState, e: ReplicaFetchResponse, me: Self): Out<NodeState> {
  const before = replicaOf(s, e, me)
  const { epoch, endOffset } = e.diverging as DivergingEpoch
  const end = Math.min(endOffset, endOffsetFor(before.log, epoch).endOffset)
  const gone = slice(before.log.records, end).flatMap((record) => messageIn(record) ?? [])
  const log = truncated(before.log, end)
  const replica = { ...before, log, highWatermark: Math.min(before.highWatermark, end) }
  const place = { stream: e.topic, lane: e.partition, offset: end }
  const seen: Seen = { kind: 'truncated', actor: me.id, ...place, messages: gone }
  const observe = gone.length === 0 ? [] : [seen]
  return { self: withReplica(s, e, replica), reply: replicaFetchFor(replica, e), observe }
}

/** It waits for this very answer: from the leader it follows, for its present log end. */
function isAwaited(s: NodeState, e: ReplicaFetchResponse, me: Self): boolean {
  const { leading, epoch, log } = replicaOf(s, e, me)
  return leading === null && e.leaderEpoch === epoch && e.offset === logEnd(log)
}

const isNode = (_s: NodeState, me: Self) => me.settings.nodes.includes(me.port)
const CONNECTED = 'it is not cut off from the other nodes'
const FETCHING = 'its replica fetchers run'
const BACKOFF_MS = 1000

export const followerRules = [
  rule({
    name: 'ReplicaFetchResponse',
    on: 'ReplicaFetchResponse',
    cites: 'ReplicaFetcherThread.processPartitionData',
    ready: { [CONNECTED]: isConnected, [FETCHING]: (s) => !s.slow },
    when: {
      'it waits for that': (s, e, _x, me) => isAwaited(s, e, me),
      'it brings records or the high watermark': (_s, e) =>
        e.error === undefined && e.diverging === undefined,
    },
    then: (s, e, _x, me) => appendToFollower(s, e, me),
  }),
  rule({
    name: 'TruncateLog',
    on: 'ReplicaFetchResponse',
    cites: 'KIP-101, KIP-279: truncation by leader epoch, not by the high watermark',
    ready: { [CONNECTED]: isConnected, [FETCHING]: (s) => !s.slow },
    when: {
      'it waits for that': (s, e, _x, me) => isAwaited(s, e, me),
      'the leader’s log is another from some epoch on': (_s, e) => e.diverging !== undefined,
    },
    then: (s, e, _x, me) => truncate(s, e, me),
  }),
  rule({
    name: 'ReplicaFetchRefused',
    on: 'ReplicaFetchResponse',
    reads: ['replica.fetch.backoff.ms'],
    cites: 'A leader that has yet to hear of its election is asked again',
    ready: { [CONNECTED]: isConnected, [FETCHING]: (s) => !s.slow },
    when: {
      'it waits for that': (s, e, _x, me) => isAwaited(s, e, me),
      'the leader does not know its epoch yet': (_s, e) => e.error === 'UNKNOWN_LEADER_EPOCH',
    },
    takes: () => [BACKOFF_MS, BACKOFF_MS],
    then: (s, e, _x, me) => ({ reply: replicaFetchFor(replicaOf(s, e, me), e) }),
  }),
  rule({
    name: 'IgnoreReplicaFetchResponse',
    on: 'ReplicaFetchResponse',
    cites: 'The controller will tell who leads',
    ready: { [CONNECTED]: isConnected, [FETCHING]: (s) => !s.slow },
    when: {
      'it waits for another, or has to hear from the controller first': (s, e, _x, me) =>
        !isAwaited(s, e, me) || (e.error !== undefined && e.error !== 'UNKNOWN_LEADER_EPOCH'),
    },
    then: () => ({}),
  }),
  rule({
    name: 'LeaderDisconnected',
    on: 'ConnectionClosed',
    reads: ['replica.fetch.backoff.ms'],
    cites: 'AbstractFetcherThread: tries again; who leads is the controller’s to say',
    ready: { 'it was a leader': isNode, [CONNECTED]: isConnected },
    takes: () => [BACKOFF_MS, BACKOFF_MS],
    then: (s, _e, _x, me) => ({ send: fetchesFrom(s, me, me.port) }),
  }),
]
