// A log is cut into segments, and only whole segments are deleted or cleaned: when the next one is begun, and
// from which ones retention takes the log start away (storage.internals.log.LogSegment, UnifiedLog).
import type { Log } from './log.ts'
import { RECORD_BYTES, type TopicConfig } from './settings.ts'

export interface Segment {
  /** Offset of its first record; the name of its file. */
  readonly base: number
  readonly bytes: number
  /** segment.ms has passed since its first record: the next append begins another. */
  readonly aged: boolean
}

/**
 * Longer than any run: what a setting puts beyond it never comes, and nothing is armed or kept for it. With
 * the defaults (seven days, a gigabyte) a log is one segment and no rule here has anything to do.
 */
export const HORIZON_MS = 3_600_000
const NEVER_FULL = 1_073_741_824

export const isDeleted = (config: TopicConfig): boolean => config['cleanup.policy'] !== 'compact'
export const isCompacted = (config: TopicConfig): boolean => config['cleanup.policy'] !== 'delete'

/** Whether this topic's logs are ever cut within a run. */
export function isCut(config: TopicConfig): boolean {
  return config['segment.bytes'] < NEVER_FULL || config['segment.ms'] < HORIZON_MS
}

/** Ascending, the active one last. A log that was never cut is one segment. */
export function segmentsOf(log: Log): readonly Segment[] {
  if (log.segments.length > 0) return log.segments
  const bytes = (log.records.length - log.start) * RECORD_BYTES
  return [{ base: log.start, bytes, aged: false }]
}

/** Where the active segment begins: the cleaner never touches it. */
export function activeBase(log: Log): number {
  return log.segments.at(-1)?.base ?? log.start
}

/** Offset after the last record of each segment, beside it. */
export function bounded(log: Log): readonly (readonly [segment: Segment, end: number])[] {
  const segments = segmentsOf(log)
  return segments.map((each, i) => [each, segments[i + 1]?.base ?? log.records.length])
}

/** Where the segment ends in which the record at an offset stands: one read goes no further (LocalLog.read). */
export function segmentEnd(log: Log, offset: number): number {
  return bounded(log).find(([, end]) => end > offset)?.[1] ?? log.records.length
}

/** Cleaner.groupSegmentsBySize: a cleaning up to `to` makes one of neighbours that together are no larger than one may be. */
export function joined(log: Log, to: number, config: TopicConfig): Log {
  const segments: Segment[] = []
  for (const [segment, end] of bounded(log)) {
    const before = segments.at(-1)
    const bytes = (before?.bytes ?? 0) + segment.bytes
    if (before !== undefined && end <= to && bytes <= config['segment.bytes']) {
      segments[segments.length - 1] = { ...before, bytes }
    } else segments.push(segment)
  }
  return segments.length === log.segments.length ? log : { ...log, segments }
}

/** LogSegment.shouldRoll: the batch would not fit, or the first record is too old. */
function rolls(active: Segment, bytes: number, config: TopicConfig): boolean {
  if (active.bytes === 0) return false
  return active.aged || active.bytes > config['segment.bytes'] - bytes
}

/** A log to which a batch has just been appended at `base`, with what that does to its segments. */
export function segmented(log: Log, base: number, bytes: number, config: TopicConfig): Log {
  if (log.segments.length === 0 && !isCut(config)) return log
  const before = log.segments.length > 0 ? log.segments : [beforeFirst(log, base)]
  const active = before.at(-1) as Segment
  const segments = rolls(active, bytes, config)
    ? [...before, { base, bytes, aged: false }]
    : before.with(-1, { ...active, bytes: active.bytes + bytes })
  return { ...log, segments }
}

/** The one segment of a log that nobody has cut until now. */
function beforeFirst(log: Log, end: number): Segment {
  return { base: log.start, bytes: (end - log.start) * RECORD_BYTES, aged: false }
}

/** The active segment's first record is older than segment.ms. */
export function aged(log: Log, base: number): Log {
  const segments = segmentsOf(log)
  return {
    ...log,
    segments: segments.map((each) => (each.base === base ? { ...each, aged: true } : each)),
  }
}

/**
 * UnifiedLog.maybeIncrementLogStartOffset and deleteSegments: the log begins at `start`. Segments below it are
 * gone; when all are, a new one has been rolled. One that `start` lies within stays: only readers lose it.
 */
export function startingAt(log: Log, start: number): Log {
  const kept = bounded(log).flatMap(([segment, end]) => (end > start ? [segment] : []))
  const rolled = { base: log.records.length, bytes: 0, aged: false }
  const segments = kept.length > 0 ? kept : [rolled]
  return { ...log, start, segments: log.segments.length === 0 && kept.length > 0 ? [] : segments }
}

/** deleteRetentionSizeBreachedSegments: the new start, when whole old segments lie above retention.bytes. */
export function startBySize(log: Log, highWatermark: number, config: TopicConfig): number {
  const most = config['retention.bytes']
  if (most < 0 || !isDeleted(config)) return log.start
  const segments = bounded(log)
  let excess = segments.reduce((sum, [{ bytes }]) => sum + bytes, 0) - most
  let start = log.start
  for (const [{ bytes }, end] of segments) {
    if (bytes === 0 || excess < bytes || end > highWatermark) break
    excess -= bytes
    start = end
  }
  return start
}
