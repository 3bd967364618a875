import { describe, expect, test } from 'vitest'
import { message } from '../../clients/story.fixture.ts'
import { slice, tapeOf } from '../../engine/tape.ts'
import { appendBatch, EMPTY_LOG, firstUnstable, type Log, messageIn } from './log.ts'
import {
  abortedWithin,
  appendMarker,
  asked,
  isOpen,
  needsNoWord,
  onDisk,
  released,
} from './log-transactions.ts'
import type { Batch } from './protocol.ts'

const batch = (producerId: number, firstSequence: number, epoch = 0): Batch => ({
  producerId,
  epoch,
  firstSequence,
  transactional: true,
  messages: [message(firstSequence)],
})
const append = (log: Log, ...batches: readonly Batch[]) =>
  batches.reduce((now, each) => appendBatch(now, each).log, log)
const end = (log: Log, producerId: number, epoch: number, committed = true) =>
  appendMarker(log, { producerId, epoch, committed })

test('the first record opens a transaction, the next ones do not', () => {
  const log = append(EMPTY_LOG, batch(7, 0), batch(7, 1), batch(8, 0))
  expect(log.open).toEqual([
    { producerId: 7, firstOffset: 0 },
    { producerId: 8, firstOffset: 2 },
  ])
  expect([isOpen(log, 7), isOpen(log, 9)]).toEqual([true, false])
  expect(needsNoWord(log, batch(7, 2))).toBe(true)
  expect(needsNoWord(log, batch(7, 2, 1))).toBe(false)
  expect(needsNoWord(log, batch(9, 0))).toBe(false)
})

test('a batch of an older epoch is refused without a question', () => {
  const { log } = end(append(EMPTY_LOG, batch(7, 0, 1)), 7, 1)
  expect([0, 1].map((epoch) => needsNoWord(log, batch(7, 1, epoch)))).toEqual([true, false])
})

describe('the earliest number that was asked about and not written', () => {
  const plain = (sequence: number, epoch = 0): Batch => {
    const { transactional: _, ...rest } = batch(7, sequence, epoch)
    return rest
  }
  const late = (log: Log, sequence: number) => appendBatch(log, plain(sequence)).error ?? 'ok'
  const past = (log: Log, ...sequences: readonly number[]) => sequences.map((n) => late(log, n))

  test('must come before later ones, also of a producer that is unknown here', () => {
    const log = asked(EMPTY_LOG, batch(7, 3))
    expect(past(log, 2, 3, 4)).toEqual(['ok', 'ok', 'OUT_OF_ORDER_SEQUENCE_NUMBER'])
    expect(appendBatch(log, { ...plain(4), producerId: 8 }).baseOffset).toBe(0)
  })
  test('holds back what would follow in the log', () => {
    const { log } = end(append(EMPTY_LOG, batch(7, 0)), 7, 0)
    expect(past(asked(log, batch(7, 0)), 0, 1)).toEqual(['ok', 'OUT_OF_ORDER_SEQUENCE_NUMBER'])
    expect(past(asked(log, batch(7, 1)), 1)).toEqual(['ok'])
  })
  test('is the lowest of its epoch, and begins anew with a raised one', () => {
    const of = (log: Log) => log.earliest?.[7]
    const first = asked(EMPTY_LOG, batch(7, 3, 1))
    expect(of(asked(first, batch(7, 2, 1)))).toEqual({ epoch: 1, sequence: 2 })
    expect(asked(first, batch(7, 3, 1))).toBe(first)
    expect(asked(first, batch(7, 4, 1))).toBe(first)
    expect(asked(first, batch(7, 0, 0))).toBe(first)
    expect(of(asked(first, batch(7, 5, 2)))).toEqual({ epoch: 2, sequence: 5 })
  })
  test('is forgotten when a record or the end of its transaction is written', () => {
    const both = asked(asked(EMPTY_LOG, batch(7, 0)), batch(8, 3))
    const left = { 8: { epoch: 0, sequence: 3 } }
    expect(append(both, batch(7, 0)).earliest).toEqual(left)
    expect(end(both, 7, 0).log.earliest).toEqual(left)
    expect(append(both, plain(0)).earliest).toEqual(both.earliest)
    expect('earliest' in append(both, batch(7, 0), batch(8, 0))).toBe(false)
  })
})

test('a transaction that has ended holds readers back until its end is replicated', () => {
  const { log } = end(append(EMPTY_LOG, batch(7, 0)), 7, 0)
  expect(log.open).toEqual([{ producerId: 7, firstOffset: 0, end: 1 }])
  expect(isOpen(log, 7)).toBe(false)
  expect(released(log, 1)).toBe(log)
  expect(released(log, 2).open).toEqual([])
  const next = append(log, batch(7, 1))
  expect(next.open).toEqual([
    { producerId: 7, firstOffset: 0, end: 1 },
    { producerId: 7, firstOffset: 2 },
  ])
})

describe('the epoch of an end', () => {
  test('that is raised begins the numbers anew, and shuts out the one before', () => {
    const { log } = end(append(EMPTY_LOG, batch(7, 0)), 7, 1)
    expect(appendBatch(log, batch(7, 1)).error).toBe('INVALID_PRODUCER_EPOCH')
    expect(appendBatch(log, batch(7, 1, 1)).error).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
    expect(appendBatch(log, batch(7, 0, 1)).baseOffset).toBe(2)
  })
  test('that is the same goes on with them', () => {
    const { log } = end(append(EMPTY_LOG, batch(7, 0)), 7, 0)
    expect(appendBatch(log, batch(7, 0)).baseOffset).toBe(0)
    expect(appendBatch(log, batch(7, 1)).baseOffset).toBe(2)
  })
  test('that is older is refused', () => {
    const log = append(EMPTY_LOG, batch(7, 0, 2))
    expect(end(log, 7, 1)).toEqual({ log, error: 'INVALID_PRODUCER_EPOCH' })
  })
})

test('a plain batch of a producer in its transaction is refused', () => {
  const log = append(EMPTY_LOG, batch(7, 0))
  const { transactional: _, ...plain } = batch(7, 1)
  expect(appendBatch(log, plain)).toEqual({
    log,
    error: 'INVALID_TXN_STATE',
    baseOffset: -1,
    isNew: false,
  })
})

test('what was asked about is no part of what lies on disk', () => {
  const log = append(EMPTY_LOG, batch(7, 0))
  expect(onDisk(asked(log, batch(8, 3)))).toEqual(log)
  expect(onDisk(log)).toBe(log)
})

test('readers are told of the aborted transactions that meet what they read, by their beginning', () => {
  let log = append(EMPTY_LOG, batch(7, 0), batch(8, 0))
  log = end(log, 8, 0, false).log
  log = end(log, 7, 0, false).log
  const told = (from: number, to: number) =>
    abortedWithin(log, from, to).map(({ firstOffset }) => firstOffset)
  expect(told(0, 4)).toEqual([0, 1])
  expect(told(3, 4)).toEqual([0])
  expect(told(0, 1)).toEqual([0])
  expect(told(4, 9)).toEqual([])
})

describe('the first unstable offset', () => {
  const three = (producerId: number): Batch => ({
    ...batch(producerId, 0),
    messages: [message(0), message(1), message(2)],
  })
  const { transactional: _, ...untold } = three(-1)
  const plain: Batch = { ...untold, epoch: -1, firstSequence: -1 }
  const from = (log: Log, ...starts: readonly number[]) =>
    starts.map((start) => firstUnstable({ ...log, start }))

  test('is where the oldest open transaction begins, and the end of the log without one', () => {
    expect(firstUnstable(append(EMPTY_LOG, plain, three(7), three(8)))).toBe(3)
    expect(firstUnstable(append(EMPTY_LOG, plain))).toBe(3)
  })
  test('below the start it is the batch in which the start lies', () => {
    const log = append(EMPTY_LOG, three(7), plain, batch(7, 3))
    expect(from(log, 0, 1, 2, 3, 4, 6, 7)).toEqual([0, 0, 0, 3, 3, 6, 7])
  })
  test('goes on over a batch of which compaction has left nothing', () => {
    const whole = append(EMPTY_LOG, three(7), plain, batch(7, 3))
    const gone = slice(whole.records, 0).map((each, offset) => (offset < 5 ? null : each))
    const log = { ...whole, records: tapeOf(gone) }
    expect(messageIn(gone[5])?.id).toBe('e2')
    expect(from(log, 1, 4, 6)).toEqual([3, 3, 6])
  })
})
