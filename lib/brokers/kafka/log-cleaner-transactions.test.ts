import { expect, test } from 'vitest'
import { message } from '../../clients/story.fixture.ts'
import { at } from '../../engine/tape.ts'
import { appendBatch, batchFrom, EMPTY_LOG, type Log } from './log.ts'
import { cleaned, markerPassed, takenAway } from './log-cleaner.ts'
import { appendMarker } from './log-transactions.ts'

interface Producer {
  readonly producerId: number
  readonly epoch?: number
}
const sent = (log: Log, who: Producer, firstSequence: number, ...keys: readonly string[]): Log => {
  const messages = keys.map((key, i) => message(log.records.length + i, { key }))
  const transactional = who.producerId < 0 ? {} : ({ transactional: true } as const)
  const batch = { epoch: 0, ...who, firstSequence, messages, ...transactional }
  return appendBatch(log, batch).log
}
const ended = (log: Log, who: Producer, committed = true): Log => {
  const { log: after } = appendMarker(log, { epoch: 0, ...who, committed })
  return { ...after, open: [] }
}
const left = (log: Log) =>
  Array.from({ length: log.records.length }, (_, i) => i).filter((i) => at(log.records, i) !== null)
const hollow = (log: Log) => log.cleaning.hollow.map(({ first, last }) => [first, last])

const SHOP = { producerId: 7 }
const NOBODY = { producerId: -1, epoch: -1 }
/** a of shop, its end, and a later a: what shop wrote is overtaken. */
const overtaken = sent(ended(sent(EMPTY_LOG, SHOP, 0, 'a'), SHOP), NOBODY, -1, 'a', 'b')
const passes = (log: Log, offset: number) => markerPassed(log, offset)

test('the end of a transaction stays while a header of it does, for the numbers of its producer', () => {
  const once = cleaned(overtaken, 4)
  expect([left(once), hollow(once)]).toEqual([[1, 2, 3], [[0, 0]]])
  const twice = cleaned(once, 4)
  expect([left(twice), hollow(twice)]).toEqual([[1, 2, 3], [[0, 0]]])
  expect(twice.cleaning.markers).toEqual([])
})

test('then it waits for delete.retention.ms, and the cleaning after that takes it', () => {
  // The next batch of shop: the one before is no longer its last.
  const next = sent(overtaken, SHOP, 1, 'c')
  const first = cleaned(next, 4)
  expect([left(first), hollow(first)]).toEqual([[1, 2, 3, 4], []])
  expect(first.cleaning.markers).toEqual([])
  const second = cleaned(first, 5)
  expect(left(second)).toEqual([1, 2, 3, 4])
  expect(second.cleaning.markers).toEqual([1])
  expect(left(cleaned(second, 5))).toEqual([1, 2, 3, 4])
  const third = cleaned(passes(second, 1), 5)
  expect(left(third)).toEqual([2, 3, 4])
  expect(third.cleaning).toMatchObject({ markers: [], passed: [] })
  expect(takenAway(second, third)).toEqual([])
})

test('an end that raised the epoch leaves no last batch to keep', () => {
  const raised = ended(sent(EMPTY_LOG, SHOP, 0, 'a'), { ...SHOP, epoch: 1 })
  const log = cleaned(sent(raised, NOBODY, -1, 'a', 'b'), 4)
  expect([left(log), hollow(log)]).toEqual([[1, 2, 3], []])
  expect(cleaned(log, 4).cleaning.markers).toEqual([1])
})

test('of an aborted transaction nothing is told any more once nothing of it is left', () => {
  const aborted = ended(sent(EMPTY_LOG, SHOP, 0, 'a'), SHOP, false)
  const once = cleaned(sent(sent(aborted, SHOP, 1, 'c'), NOBODY, -1, 'b'), 3)
  expect([left(once), once.aborted.length]).toEqual([[1, 2, 3], 1])
  const twice = cleaned(once, 3)
  expect([twice.cleaning.markers, twice.aborted.length]).toEqual([[1], 0])
  expect(left(cleaned(passes(twice, 1), 3))).toEqual([2, 3])
})

test('of two transactions of one producer each end stands for its own', () => {
  const both = ended(sent(overtaken, SHOP, 1, 'c'), SHOP)
  const log = cleaned(cleaned(both, 4), 4)
  expect(log.cleaning.markers).toEqual([1])
})

test('the last batch of a cleaning leaves its header', () => {
  const log = sent(sent(sent(EMPTY_LOG, NOBODY, -1, 'b'), NOBODY, -1, 'a', 'a'), NOBODY, -1, 'a')
  expect(hollow(cleaned(cleaned(log, 3), 4))).toEqual([])
  const keyless = appendBatch(log, {
    ...{ ...NOBODY, firstSequence: -1 },
    messages: [message(4, { key: null }), message(5, { key: null })],
  }).log
  const after = cleaned(keyless, 6)
  expect([left(after), hollow(after)]).toEqual([[0, 3], [[4, 5]]])
  expect([0, 1, 4, 5, 6].map((offset) => batchFrom(after, offset).first)).toEqual([0, 3, 4, 4, 6])
})
