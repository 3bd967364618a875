// Compaction: of each key the cleaner leaves the latest record, in closed segments only, and no offset ever
// changes (storage.internals.log.LogCleaner, LogCleanerManager, Cleaner; tombstones: KIP-534).
import { at, slice, tapeOf } from '../../engine/tape.ts'
import { type Log, type LogRecord, messageIn, type Stretch, type WideBatch } from './log.ts'
import { endsOfNothing, hollowed, standing } from './log-cleaner-transactions.ts'
import { activeBase, bounded, HORIZON_MS, isCompacted } from './log-segments.ts'
import type { TopicConfig } from './settings.ts'

/**
 * LogCleanerManager.cleanableOffsets and calculateCleanableBytes: neither the active segment, nor what
 * min.compaction.lag.ms protects, nor the segment in which an open transaction begins, from its first record on.
 */
export function firstUncleanable(log: Log, stable: number, config: TopicConfig): number {
  const unstable = bounded(log).find(([, end]) => end > stable)
  const bound = Math.min(activeBase(log), unstable?.[0].base ?? stable)
  if (config['min.compaction.lag.ms'] === 0) return bound
  const young = bounded(log).find(([, end]) => end > log.cleaning.lagged)
  return Math.min(bound, young?.[0].base ?? bound)
}

function recordsIn(log: Log, from: number, to: number): number {
  let count = 0
  for (let i = Math.max(from, log.start); i < to; i++) if (at(log.records, i) !== null) count += 1
  return count
}

/**
 * Whether the cleaner takes it up: its dirty part is more than `min.cleanable.dirty.ratio` of what it could
 * clean. The model counts records where Kafka counts bytes.
 */
export function isFilthy(log: Log, stable: number, config: TopicConfig): boolean {
  if (!isCompacted(config)) return false
  const end = firstUncleanable(log, stable, config)
  const from = Math.max(log.cleaning.firstDirty, log.start)
  if (end <= from) return false
  const dirty = recordsIn(log, from, end)
  const all = recordsIn(log, log.start, end)
  return dirty > 0 && dirty / all > config['min.cleanable.dirty.ratio']
}

/** Segments that are closed, where the lag has yet to pass. */
export function youngEnds(log: Log, config: TopicConfig): readonly number[] {
  const ms = config['min.compaction.lag.ms']
  if (!isCompacted(config) || ms === 0 || ms >= HORIZON_MS) return []
  return bounded(log).flatMap(([{ base }, end]) =>
    end > base && end > log.cleaning.lagged ? [end] : [],
  )
}

type Offsets = Readonly<Record<string, number>>

/** CleanedTransactionMetadata: records of aborted transactions count for nothing and go. */
function isAborted(log: Log, offset: number, record: LogRecord | undefined): boolean {
  if (log.aborted.length === 0 || !record || !('message' in record)) return false
  const { producerId } = record
  return log.aborted.some(
    (each) =>
      each.producerId === producerId && offset >= each.firstOffset && offset <= each.lastOffset,
  )
}

/** Cleaner.buildOffsetMap: where the last record of each key stands. */
function latest(log: Log, to: number): Offsets {
  const offsets: Record<string, number> = Object.create(null) as Record<string, number>
  for (let i = log.start; i < to; i++) {
    const record = at(log.records, i)
    const key = isAborted(log, i, record) ? null : messageIn(record)?.key
    if (key !== null && key !== undefined) offsets[key] = i
  }
  return offsets
}

const within = (stretches: readonly Stretch[], offset: number): boolean =>
  stretches.some(({ from, to }) => offset >= from && offset < to)

/** Cleaner.shouldRetainRecord. What has no key is dropped: nobody could ever ask for its latest. */
function stays(log: Log, offset: number, record: LogRecord, last: Offsets): boolean {
  const message = messageIn(record)
  if (message === null) return record !== null && !within(log.cleaning.passed, offset)
  if (isAborted(log, offset, record)) return false
  if (message.key === null || offset < (last[message.key] as number)) return false
  return message.gone !== true || !within(log.cleaning.passed, offset)
}

/**
 * Cleaner.doClean, up to `to`. Tombstones met for the first time get their delete horizon, and so do ends of transactions of
 * which nothing else is left: the next cleaning after it takes them.
 */
export function cleaned(log: Log, to: number): Log {
  const last = latest(log, to)
  const kept = slice(log.records, 0).map((record, offset) => {
    if (offset < log.start || offset >= to) return record
    return stays(log, offset, record, last) ? record : null
  })
  const records = tapeOf(kept)
  const from = Math.max(log.cleaning.firstDirty, log.start)
  const isTombstone = (record: LogRecord | undefined) => messageIn(record)?.gone === true
  const fresh = kept.slice(from, to).some(isTombstone) ? [{ from, to }] : []
  const alive = (each: Stretch) => kept.slice(each.from, each.to).some(isTombstone)
  const batches = standing(log, log.start, to)
  const isEmpty = (each: WideBatch) =>
    kept.slice(each.first, each.last + 1).every((record) => record === null)
  const ends = [...endsOfNothing(batches)]
  const cleaning = {
    ...log.cleaning,
    firstDirty: to,
    horizons: [...log.cleaning.horizons.filter(alive), ...fresh],
    markers: ends.filter((offset) => kept[offset] !== null),
    passed: [],
    hollow: hollowed(log, batches, isEmpty, to),
  }
  const aborted = log.aborted.filter(({ lastOffset }) => !ends.includes(lastOffset))
  return { ...log, records, aborted, cleaning }
}

/** Offsets of records that a cleaning took away. */
export function takenAway(before: Log, after: Log): readonly number[] {
  const offsets: number[] = []
  for (let i = before.start; i < after.cleaning.firstDirty; i++) {
    if (messageIn(at(before.records, i)) !== null && at(after.records, i) === null) offsets.push(i)
  }
  return offsets
}

/** The delete horizon of the tombstones up to `to` has passed. */
export function horizonPassed(log: Log, to: number): Log {
  const { cleaning } = log
  const passed = [...cleaning.passed, ...cleaning.horizons.filter((each) => each.to === to)]
  const horizons = cleaning.horizons.filter((each) => each.to !== to)
  return { ...log, cleaning: { ...cleaning, horizons, passed } }
}

/** The delete horizon of one end of a transaction has passed. */
export function markerPassed(log: Log, offset: number): Log {
  const { cleaning } = log
  const passed = [...cleaning.passed, { from: offset, to: offset + 1 }]
  const markers = cleaning.markers.filter((each) => each !== offset)
  return { ...log, cleaning: { ...cleaning, markers, passed } }
}

export function lagPassed(log: Log, end: number): Log {
  return { ...log, cleaning: { ...log.cleaning, lagged: Math.max(log.cleaning.lagged, end) } }
}
