import { describe, expect, test } from 'vitest'
import { message } from '../../clients/story.fixture.ts'
import { slice } from '../../engine/tape.ts'
import { deadRows, illMatched } from '../_decision.fixture.ts'
import {
  addSequence,
  appendBatch,
  appendTable,
  EMPTY_LOG,
  type Log,
  logEnd,
  messageIn,
} from './log.ts'
import type { Batch } from './protocol.ts'

const plain = (...ns: number[]): Batch => ({
  producerId: -1,
  epoch: -1,
  firstSequence: -1,
  messages: ns.map((n) => message(n)),
})
const numbered = (firstSequence: number, change: Partial<Batch> = {}): Batch => ({
  producerId: 7,
  epoch: 0,
  firstSequence,
  messages: [message(firstSequence)],
  ...change,
})

const ids = (log: Log) => slice(log.records, 0).map((record) => messageIn(record)?.id)

/** Appends one after the other; returns the log and what each was answered: an offset or an error. */
function appending(...batches: Batch[]) {
  let log = EMPTY_LOG
  const answers = batches.map((batch) => {
    const done = appendBatch(log, batch)
    log = done.log
    return done.error ?? done.baseOffset
  })
  return { log, answers }
}

test('the table: every combination matches exactly one row', () => {
  const values = {
    idempotent: [true, false],
    epoch: ['unknown producer', 'older', 'same', 'newer'],
    remembered: [true, false],
    startsAtZero: [true, false],
    follows: [true, false],
    pastEarliest: [true, false],
  } as const
  expect(illMatched(appendTable, values)).toEqual([])
  expect(deadRows(appendTable, values)).toEqual([])
})

describe('a producer without numbers', () => {
  test('the same batch twice is in the log twice (K06)', () => {
    const { log, answers } = appending(plain(0, 1), plain(0, 1))
    expect(answers).toEqual([0, 2])
    expect(ids(log)).toEqual(['e0', 'e1', 'e0', 'e1'])
    expect(logEnd(log)).toBe(4)
    expect(log.producers).toEqual({})
  })
  test('what was retried comes later (K22)', () => {
    expect(ids(appending(plain(1), plain(0)).log)).toEqual(['e1', 'e0'])
  })
})

describe('an idempotent producer', () => {
  test('the same batch twice is in the log once, and gets its first offset (K05)', () => {
    const { log, answers } = appending(plain(9), numbered(0), numbered(0))
    expect(answers).toEqual([0, 1, 1])
    expect(ids(log)).toEqual(['e9', 'e0'])
  })
  test('a gap is refused until it is closed (K07)', () => {
    const { log, answers } = appending(numbered(0), numbered(2), numbered(1), numbered(2))
    expect(answers).toEqual([0, 'OUT_OF_ORDER_SEQUENCE_NUMBER', 1, 2])
    expect(ids(log)).toEqual(['e0', 'e1', 'e2'])
  })
  test('the last five batches are recognised, older ones are not (K08)', () => {
    const seven = [0, 1, 2, 3, 4, 5, 6].map((n) => numbered(n))
    const again = [6, 2, 1, 0].map((n) => numbered(n))
    const { log, answers } = appending(...seven, ...again)
    const outOfOrder = 'OUT_OF_ORDER_SEQUENCE_NUMBER'
    expect(answers.slice(7)).toEqual([6, 2, outOfOrder, outOfOrder])
    expect(logEnd(log)).toBe(7)
    expect(log.producers[7]?.batches).toHaveLength(5)
  })
  test('any first number is taken from a producer the broker knows nothing of (K10)', () => {
    expect(appending(numbered(1), numbered(0)).answers).toEqual([0, 'OUT_OF_ORDER_SEQUENCE_NUMBER'])
  })
  test('a batch that only overlaps is out of order', () => {
    const two = { messages: [message(0), message(1)] }
    const { answers } = appending(numbered(0, two), numbered(0))
    expect(answers).toEqual([0, 'OUT_OF_ORDER_SEQUENCE_NUMBER'])
  })
  test('numbers run over batches of several records', () => {
    const two = { messages: [message(0), message(1)] }
    expect(appending(numbered(0, two), numbered(1), numbered(2)).answers).toEqual([
      0,
      'OUT_OF_ORDER_SEQUENCE_NUMBER',
      2,
    ])
  })
  test('a new producer id is another producer: its resend is a duplicate (K09)', () => {
    expect(appending(numbered(0), numbered(0, { producerId: 8 })).answers).toEqual([0, 1])
  })
  test('an older epoch is fenced', () => {
    const { answers } = appending(numbered(0, { epoch: 2 }), numbered(1, { epoch: 1 }))
    expect(answers).toEqual([0, 'INVALID_PRODUCER_EPOCH'])
  })
  test('a newer epoch begins at 0, and its past is another', () => {
    const next = { epoch: 1 }
    const { log, answers } = appending(
      numbered(0),
      numbered(1, next),
      numbered(0, next),
      numbered(1, next),
    )
    expect(answers).toEqual([0, 'OUT_OF_ORDER_SEQUENCE_NUMBER', 1, 2])
    expect(log.producers[7]).toEqual({
      epoch: 1,
      batches: [
        { first: 0, last: 0, offset: 1 },
        { first: 1, last: 1, offset: 2 },
      ],
    })
  })
  test('numbers wrap around to 0', () => {
    expect(addSequence(2147483647, 1)).toBe(0)
    expect(addSequence(2147483646, 3)).toBe(1)
    expect(appending(numbered(2147483647), numbered(0)).answers).toEqual([0, 1])
  })
})
