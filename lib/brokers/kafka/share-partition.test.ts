// The state of a share-partition's records, and how they are acquired.
import { describe, expect, test } from 'vitest'
import { message } from '../../clients/story.fixture.ts'
import { appendBatch, batchAt, EMPTY_LOG, type Log } from './log.ts'
import type { AcknowledgeType } from './protocol-share.ts'
import { acquire, canAcquire, suspectedFrom, type Wish } from './share-acquire.ts'
import {
  acknowledge,
  acquiredOffsets,
  expired,
  firstAvailable,
  inFlightAt,
  inFlightCount,
  nextOffset,
  releaseOf,
  reloaded,
  type SharePartition,
  startingAt,
  startingLater,
} from './share-partition.ts'

/** A log of batches of these sizes. */
function logOf(...sizes: readonly number[]): Log {
  let n = 0
  return sizes.reduce((log, size) => {
    const messages = Array.from({ length: size }, () => message(n++))
    return appendBatch(log, { producerId: -1, epoch: -1, firstSequence: -1, messages }).log
  }, EMPTY_LOG)
}

const WISH: Wish = {
  member: 'ann#0',
  maxRecords: 500,
  batchSize: 500,
  mode: 'batch_optimized',
  end: 100,
  countLimit: 5,
  maxLocks: 2000,
}

function take(p: SharePartition, log: Log, change: Partial<Wish> = {}) {
  const end = log.records.length
  const { partition, acquired } = acquire(p, log, { ...WISH, end, ...change })
  return {
    p: partition,
    got: acquired.map(({ offset, deliveryCount }) => `${offset}#${deliveryCount}`),
  }
}

const say = (type: AcknowledgeType, ...offsets: readonly number[]) =>
  offsets.map((offset) => ({ topic: 'orders', partition: 0, offset, type }))

function told(p: SharePartition, type: AcknowledgeType, ...offsets: readonly number[]) {
  const changed = acknowledge(p, 'ann#0', say(type, ...offsets), 5)
  if (changed === null) throw new Error('INVALID_RECORD_STATE')
  return changed
}

const statesOf = (p: SharePartition, from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => inFlightAt(p, from + i)?.state ?? '-')

test('a batch of several records is noted in the log, one of a single record is not', () => {
  const log = logOf(1, 3, 1)
  expect(log.wide.length).toBe(1)
  expect([0, 1, 2, 3, 4].map((offset) => batchAt(log, offset))).toEqual([
    { first: 0, last: 0 },
    { first: 1, last: 3 },
    { first: 1, last: 3 },
    { first: 1, last: 3 },
    { first: 4, last: 4 },
  ])
  expect(batchAt(logOf(2, 2), 0)).toEqual({ first: 0, last: 1 })
})

describe('acquiring new records', () => {
  test('takes all there are, as one batch, and then nothing', () => {
    const log = logOf(1, 2)
    const { p, got } = take(startingAt(0), log)
    expect(got).toEqual(['0#1', '1#1', '2#1'])
    expect(p.batches.length).toBe(1)
    expect(acquiredOffsets(p)).toEqual([0, 1, 2])
    expect([nextOffset(p), inFlightCount(p), firstAvailable(p)]).toEqual([3, 3, -1])
    expect(canAcquire(p, 3, 2000)).toBe(false)
    expect(take(p, log, { member: 'bob#0' }).got).toEqual([])
    expect(canAcquire(p, 4, 2000)).toBe(true)
    expect(canAcquire(p, 4, 3)).toBe(false)
  })
  test('a limit ends at the end of a batch of the log, or breaks it if asked to', () => {
    const log = logOf(1, 3, 1)
    expect(take(startingAt(0), log, { maxRecords: 2, batchSize: 2 }).got).toEqual([
      '0#1',
      '1#1',
      '2#1',
      '3#1',
    ])
    const strict = take(startingAt(0), log, { maxRecords: 2, mode: 'record_limit' })
    expect(strict.got).toEqual(['0#1', '1#1'])
    expect(statesOf(strict.p, 0, 5)).toEqual([
      'ACQUIRED',
      'ACQUIRED',
      'AVAILABLE',
      'AVAILABLE',
      '-',
    ])
    const more = take(strict.p, log, { maxRecords: 1, mode: 'record_limit', member: 'bob#0' })
    expect(more.got).toEqual(['2#1'])
    const whole = take(startingAt(0), log, { maxRecords: 9, mode: 'record_limit' })
    expect(whole.p.batches.map(({ tracked }) => tracked)).toEqual([false])
  })
  test('batches in flight are cut at record batches once they reach the batch size', () => {
    const { p } = take(startingAt(0), logOf(1, 1, 1, 2, 1), { batchSize: 2 })
    expect(p.batches.map(({ first, records }) => [first, records.length])).toEqual([
      [0, 2],
      [2, 3],
      [5, 1],
    ])
  })
  test('no more than there are locks, and what is shown', () => {
    const log = logOf(1, 1, 1)
    expect(take(startingAt(0), log, { maxLocks: 2 }).got).toEqual(['0#1', '1#1'])
    expect(take(startingAt(0), log, { end: 1 }).got).toEqual(['0#1'])
    expect(take(startingAt(0), log, { maxRecords: 0 }).got).toEqual([])
    const { p } = take(startingAt(0), log, { maxLocks: 2 })
    expect(take(p, log, { maxLocks: 2 }).got).toEqual([])
    const back = told(p, 'RELEASE', 0).partition
    expect(take(back, log, { maxLocks: 2, member: 'bob#0' }).got).toEqual(['0#2'])
  })
})

describe('acknowledging', () => {
  const log = logOf(3)
  const held = take(startingAt(0), log).p

  test('accepted and rejected records are over: the start moves past them, and stops at what is not', () => {
    const some = told(held, 'ACCEPT', 1)
    expect([some.partition.start, some.archived]).toEqual([0, []])
    const more = told(some.partition, 'REJECT', 0)
    expect([more.partition.start, more.archived]).toEqual([2, [0]])
    const all = told(more.partition, 'ACCEPT', 2).partition
    expect([all.start, all.batches, nextOffset(all)]).toEqual([3, [], 3])
  })
  test('a released record is delivered again, its deliveries counted, up to the limit', () => {
    let p = held
    for (const count of [2, 3, 4, 5]) {
      p = told(p, 'RELEASE', 0, 1, 2).partition
      expect(firstAvailable(p)).toBe(0)
      p = take(p, log).p
      expect(inFlightAt(p, 0)?.deliveryCount).toBe(count)
      if (count === 3) break
    }
    const last = acknowledge(p, 'ann#0', say('RELEASE', 0), 3)
    expect(last?.archived).toEqual([0])
    expect(last?.partition.start).toBe(1)
  })
  test('who does not hold a record changes nothing, not even what it does hold', () => {
    expect(acknowledge(held, 'bob#0', say('ACCEPT', 0), 5)).toBeNull()
    const parted = told(held, 'RELEASE', 1).partition
    expect(acknowledge(parted, 'ann#0', say('ACCEPT', 0, 1), 5)).toBeNull()
    expect(acknowledge(held, 'ann#0', say('ACCEPT', 3), 5)).toBeNull()
  })
  test('below the start everything is over, whoever says so', () => {
    const { partition } = told(held, 'ACCEPT', 0)
    expect(acknowledge(partition, 'bob#0', say('ACCEPT', 0), 5)?.partition.start).toBe(1)
  })
  test('a renewal changes the lock and nothing else', () => {
    const { partition } = told(held, 'RENEW', 0)
    expect(inFlightAt(partition, 0)).toEqual({
      state: 'ACQUIRED',
      deliveryCount: 1,
      member: 'ann#0',
      renewed: true,
    })
    expect(inFlightAt(partition, 1)?.renewed).toBe(false)
  })
})

describe('locks', () => {
  const log = logOf(3)
  test('a batch that is whole expires whole; one whose records have parted, record by record', () => {
    const { p } = take(startingAt(0), log)
    expect(statesOf(expired(p, 1, 5).partition, 0, 3)).toEqual(Array(3).fill('AVAILABLE'))
    const parted = told(p, 'RELEASE', 0).partition
    expect(statesOf(expired(parted, 1, 5).partition, 0, 3)).toEqual([
      'AVAILABLE',
      'AVAILABLE',
      'ACQUIRED',
    ])
    const two = take(take(startingAt(0), logOf(1)).p, logOf(1, 1)).p
    expect(statesOf(expired(two, 1, 5).partition, 0, 2)).toEqual(['ACQUIRED', 'AVAILABLE'])
  })
  test('all acknowledged alike stays whole', () => {
    const { p } = take(startingAt(0), log)
    expect(told(p, 'RELEASE', 0, 1, 2).partition.batches[0]?.tracked).toBe(false)
    expect(told(p, 'RELEASE', 0, 1).partition.batches[0]?.tracked).toBe(true)
    const mixed = acknowledge(p, 'ann#0', [...say('RELEASE', 0, 1), ...say('RENEW', 2)], 5)
    expect(mixed?.partition.batches[0]?.tracked).toBe(true)
  })
  test('a session that ends gives back what that member holds; on the last delivery it is archived', () => {
    const one = take(startingAt(0), logOf(1)).p
    const two = take(one, logOf(1, 1), { member: 'bob#0' }).p
    const { partition, archived } = releaseOf(two, 'bob#0', 5)
    expect(statesOf(partition, 0, 2)).toEqual(['ACQUIRED', 'AVAILABLE'])
    expect(archived).toEqual([])
    expect(releaseOf(two, 'bob#0', 1).archived).toEqual([1])
    expect(inFlightCount(partition)).toBe(2)
  })
})

describe('suspected records', () => {
  /** Delivered so often, as one batch, and given back each time. */
  function suspects(times: number, log: Log, limit = 5) {
    let p = startingAt(0)
    for (let i = 0; i < times; i++) {
      p = releaseOf(take(p, log, { countLimit: limit }).p, 'ann#0', limit).partition
    }
    return p
  }
  test('from half the limit on, at least two', () => {
    expect([2, 3, 4, 5, 6, 10].map(suspectedFrom)).toEqual([2, 2, 2, 3, 3, 5])
  })
  test('come by halves and by quarters of their batch, the last time alone', () => {
    const log = logOf(8)
    expect(take(suspects(2, log), log).got.length).toBe(8)
    expect(take(suspects(3, log), log).got).toEqual(['0#4', '1#4', '2#4', '3#4'])
    expect(take(suspects(3, log, 9), log, { countLimit: 9 }).got.length).toBe(8)
    expect(take(suspects(6, log, 10), log, { countLimit: 10 }).got.length).toBe(2)
    const halves = suspects(3, log)
    const four = releaseOf(take(halves, log).p, 'ann#0', 5).partition
    expect(take(four, log).got).toEqual(['0#5'])
  })
  test('take nothing else with them, and wait for what comes before', () => {
    const log = logOf(2, 1)
    const p = suspects(3, logOf(2))
    expect(take(p, log).got).toEqual(['0#4'])
    const before = { ...p, batches: [fresh(0), ...p.batches.map((b) => ({ ...b, first: 1 }))] }
    expect(take(before, log).got).toEqual(['0#1'])
  })
  test('with a limit of two none is alone', () => {
    const log = logOf(2)
    const p = suspects(1, log, 2)
    expect(take(p, log, { countLimit: 2 }).got).toEqual(['0#2', '1#2'])
  })
  const fresh = (first: number) => ({
    first,
    records: [{ state: 'AVAILABLE', deliveryCount: 0, member: '', renewed: false } as const],
    tracked: false,
  })
})

test('loaded anew, like records are one batch again, and what is over is gone', () => {
  const log = logOf(4)
  const { p } = take(startingAt(0), log)
  const over = told(told(p, 'ACCEPT', 0).partition, 'REJECT', 2).partition
  const again = reloaded(releaseOf(over, 'ann#0', 5).partition)
  expect(
    again.batches.map(({ first, records, tracked }) => [first, records.length, tracked]),
  ).toEqual([
    [1, 1, false],
    [2, 1, false],
    [3, 1, false],
  ])
  const alike = releaseOf(take(take(startingAt(0), logOf(1)).p, logOf(1, 1)).p, 'ann#0', 5)
  expect(reloaded(alike.partition).batches.length).toBe(1)
})

describe('a log that begins later', () => {
  test('takes what waits below its start, and nothing that does not', () => {
    const log = logOf(1, 1, 1)
    const { p } = take(startingAt(0), log)
    expect(startingLater(p, 0)).toBe(p)
    const given = told(told(p, 'RELEASE', 0, 1).partition, 'RELEASE', 2).partition
    const later = startingLater(given, 2)
    expect([later.start, firstAvailable(later)]).toEqual([2, 2])
    expect(take(later, log).got).toEqual(['2#2'])
  })
  test('leaves the rest of a batch to be acquired, record by record', () => {
    const log = logOf(3)
    const given = told(take(startingAt(0), log).p, 'RELEASE', 0, 1, 2).partition
    const later = startingLater(given, 1)
    expect(statesOf(later, 0, 3)).toEqual(['ARCHIVED', 'AVAILABLE', 'AVAILABLE'])
    expect(take(later, log).got).toEqual(['1#2', '2#2'])
  })
  test('does not part the lock of a batch that is held', () => {
    const log = logOf(3)
    const later = startingLater(take(startingAt(0), log).p, 1)
    expect(acquiredOffsets(later)).toEqual([1, 2])
    const { partition, archived } = expired(later, 1, 5)
    expect([statesOf(partition, 1, 3), archived]).toEqual([['AVAILABLE', 'AVAILABLE'], []])
    expect(take(partition, log).got).toEqual(['1#2', '2#2'])
  })
  test('goes on behind everything that was in flight', () => {
    const { p } = take(startingAt(0), logOf(2))
    const later = startingLater(p, 5)
    expect([later.batches, nextOffset(later)]).toEqual([[], 5])
  })
})
