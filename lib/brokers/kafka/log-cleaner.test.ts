import { describe, expect, test } from 'vitest'
import { message } from '../../clients/story.fixture.ts'
import { at, tapeOf } from '../../engine/tape.ts'
import { EMPTY_LOG, type Log, type LogRecord, messageIn } from './log.ts'
import { cleaned, firstUncleanable, horizonPassed, isFilthy, takenAway } from './log-cleaner.ts'
import { joined, segmented, startBySize, startingAt } from './log-segments.ts'
import { type Given, topicConfig } from './settings.ts'

const record = (n: number, key: string | null, gone = false) =>
  message(n, gone ? { key, gone: true } : { key })

/** A log with these records, cut before these offsets. */
function logOf(records: readonly LogRecord[], ...bases: number[]): Log {
  const segments = [0, ...bases].map((base) => ({ base, bytes: 1024, aged: false }))
  return { ...EMPTY_LOG, records: tapeOf(records), segments }
}

const compact = (more: Given = {}) =>
  topicConfig({ 'cleanup.policy': 'compact', 'min.cleanable.dirty.ratio': 0, ...more })
const left = (log: Log) =>
  Array.from({ length: log.records.length }, (_, i) => i).filter((i) => at(log.records, i) !== null)

describe('a cleaning', () => {
  test('leaves the last of each key below its bound, at its own offset', () => {
    const log = logOf([record(0, 'a'), record(1, 'b'), record(2, 'a'), record(3, 'a')], 3)
    const after = cleaned(log, 3)
    expect(left(after)).toEqual([1, 2, 3])
    expect(messageIn(at(after.records, 2))?.id).toBe('e2')
    expect(takenAway(log, after)).toEqual([0])
    expect(after.cleaning.firstDirty).toBe(3)
  })
  test('drops what has no key, and below the start it has nothing to do', () => {
    const log = logOf([record(0, 'a'), record(1, null), record(2, 'a')], 3)
    expect(left(cleaned(log, 3))).toEqual([2])
    expect(left(cleaned({ ...log, start: 2 }, 3))).toEqual([0, 1, 2])
  })
  test('keeps the end of a transaction, and nothing of an aborted one', () => {
    const mine = (n: number) => ({ message: record(n, 'a'), producerId: 4 })
    const abort = { control: 'ABORT', producerId: 4 } as const
    const log = logOf([record(0, 'a'), mine(1), abort, mine(3)], 4)
    const aborted = [{ producerId: 4, firstOffset: 1, lastOffset: 2 }]
    expect(left(cleaned({ ...log, aborted }, 3))).toEqual([0, 2, 3])
    expect(left(cleaned(log, 3))).toEqual([1, 2, 3])
    const other = [{ producerId: 5, firstOffset: 1, lastOffset: 2 }]
    expect(left(cleaned({ ...log, aborted: other }, 3))).toEqual([1, 2, 3])
  })
  test('a tombstone takes its key along, and goes in the cleaning after its horizon', () => {
    const log = logOf([record(0, 'a'), record(1, 'a', true), record(2, 'b')], 2)
    const once = cleaned(log, 2)
    expect(left(once)).toEqual([1, 2])
    expect(once.cleaning.horizons).toEqual([{ from: 0, to: 2 }])
    expect(left(cleaned(once, 2))).toEqual([1, 2])
    const passed = horizonPassed(once, 2)
    expect(passed.cleaning).toMatchObject({ horizons: [], passed: [{ from: 0, to: 2 }] })
    const twice = cleaned(passed, 3)
    expect(left(twice)).toEqual([2])
    expect(twice.cleaning).toMatchObject({ horizons: [], passed: [] })
  })
  test('a horizon whose tombstones were overtaken is forgotten', () => {
    const log = logOf([record(0, 'a', true), record(1, 'a')], 2)
    const once = cleaned(log, 1)
    expect(once.cleaning.horizons).toEqual([{ from: 0, to: 1 }])
    const twice = cleaned(once, 2)
    expect(left(twice)).toEqual([1])
    expect(twice.cleaning.horizons).toEqual([])
  })
  test('another horizon runs on when one has passed', () => {
    const cleaning = {
      ...EMPTY_LOG.cleaning,
      horizons: [
        { from: 0, to: 1 },
        { from: 1, to: 2 },
      ],
    }
    expect(horizonPassed({ ...EMPTY_LOG, cleaning }, 1).cleaning.horizons).toEqual([
      { from: 1, to: 2 },
    ])
  })
})

describe('whether a log is to be cleaned', () => {
  const four = [record(0, 'a'), record(1, 'b'), record(2, 'a'), record(3, 'a')]
  test('only up to the active segment, and to the one with the last stable offset', () => {
    expect(firstUncleanable(logOf(four, 2, 3), 4, compact())).toBe(3)
    expect(firstUncleanable(logOf(four, 2, 3), 2, compact())).toBe(2)
    expect(firstUncleanable(logOf(four, 2, 3), 1, compact())).toBe(0)
    expect(isFilthy(logOf(four, 3), 4, compact())).toBe(true)
    expect(isFilthy(logOf(four), 4, compact())).toBe(false)
    expect(isFilthy(logOf(four, 3), 4, topicConfig({}))).toBe(false)
  })
  test('min.compaction.lag.ms protects whole segments', () => {
    const lag = compact({ 'min.compaction.lag.ms': 5000 })
    const log = logOf(four, 2, 3)
    expect(firstUncleanable(log, 4, lag)).toBe(0)
    const lagged = (to: number) => ({ ...log, cleaning: { ...log.cleaning, lagged: to } })
    expect(firstUncleanable(lagged(2), 4, lag)).toBe(2)
    expect(firstUncleanable(lagged(4), 4, lag)).toBe(3)
  })
  test('the dirty part must be more than its ratio of what could be cleaned', () => {
    const half = compact({ 'min.cleanable.dirty.ratio': 0.5 })
    const clean = (firstDirty: number) => {
      const log = logOf(four, 2)
      return { ...log, cleaning: { ...log.cleaning, firstDirty } }
    }
    expect(isFilthy(clean(0), 4, half)).toBe(true)
    expect(isFilthy(clean(1), 4, half)).toBe(false)
    expect(isFilthy(clean(1), 4, compact({ 'min.cleanable.dirty.ratio': 0.49 }))).toBe(true)
    expect(isFilthy(clean(2), 4, compact())).toBe(false)
  })
  test('where nothing stands any more, nothing is dirty', () => {
    expect(isFilthy(logOf([null, null, record(2, 'a')], 2), 3, compact())).toBe(false)
  })
})

describe('segments', () => {
  const grown = (log: Log, bytes: number, config: Given) => {
    const records = tapeOf([...left(log).map(() => null), null])
    return segmented({ ...log, records }, log.records.length, bytes, topicConfig(config))
  }
  const bases = (log: Log) => log.segments.map(({ base }) => base)
  test('with the defaults nothing is kept about them', () => {
    expect(segmented(logOf([null]), 0, 1, topicConfig({})).segments).toHaveLength(1)
    expect(segmented(EMPTY_LOG, 0, 1, topicConfig({})).segments).toBe(EMPTY_LOG.segments)
  })
  test('one that would grow too large is closed; an empty one takes any batch', () => {
    const config = { 'segment.bytes': 1_048_576 }
    const first = grown(EMPTY_LOG, 600_000, config)
    expect(bases(first)).toEqual([0])
    expect(first.segments[0]?.bytes).toBe(600_000)
    const same = segmented(first, 1, 448_576, topicConfig(config))
    expect(same.segments).toEqual([{ base: 0, bytes: 1_048_576, aged: false }])
    expect(bases(segmented(first, 1, 448_577, topicConfig(config)))).toEqual([0, 1])
    expect(bases(grown(EMPTY_LOG, 2_000_000, config))).toEqual([0])
  })
  test('a log that was not cut until now counts as one segment', () => {
    const config = topicConfig({ 'segment.bytes': 1_048_576 })
    const log = { ...EMPTY_LOG, records: tapeOf<LogRecord>([record(0, 'a'), record(1, 'a')]) }
    expect(segmented(log, 1, 10, config).segments).toEqual([{ base: 0, bytes: 1034, aged: false }])
  })
  test('a cleaning makes one of small neighbours, not beyond its bound', () => {
    const log = logOf([null, null, null, null], 1, 2, 3)
    const merged = (to: number, most: number) =>
      bases(joined(log, to, topicConfig({ 'segment.bytes': most })))
    expect(merged(3, 1_048_576)).toEqual([0, 3])
    expect(merged(2, 1_048_576)).toEqual([0, 2, 3])
    const half = { ...log, segments: log.segments.map((each) => ({ ...each, bytes: 600_000 })) }
    expect(joined(half, 3, topicConfig({ 'segment.bytes': 1_048_576 }))).toBe(half)
    expect(joined(log, 3, topicConfig({})).segments[0]?.bytes).toBe(3072)
  })
  test('retention by size takes whole segments from the oldest, as far as they are replicated', () => {
    const log = logOf([null, null, null, null], 1, 2, 3)
    const most = (bytes: number, policy = 'delete') =>
      topicConfig({ 'retention.bytes': bytes, 'cleanup.policy': policy })
    expect(startBySize(log, 4, most(2048))).toBe(2)
    expect(startBySize(log, 4, most(2049))).toBe(1)
    expect(startBySize(log, 1, most(2048))).toBe(1)
    expect(startBySize(log, 4, most(0))).toBe(4)
    expect(startBySize(log, 4, most(-1))).toBe(0)
    expect(startBySize(log, 4, most(0, 'compact'))).toBe(0)
    const rolled = startingAt(log, 4)
    expect(startBySize(rolled, 4, most(0))).toBe(4)
  })
  test('when all are gone, another has been rolled', () => {
    const log = logOf([null, null, null], 2)
    expect(startingAt(log, 3).segments).toEqual([{ base: 3, bytes: 0, aged: false }])
    expect(bases(startingAt(log, 2))).toEqual([2])
    expect(bases(startingAt(log, 1))).toEqual([0, 2])
    expect(startingAt({ ...log, segments: [] }, 1).segments).toEqual([])
    expect(startingAt({ ...log, segments: [] }, 3).segments).toHaveLength(1)
  })
})
