import { describe, expect, test } from 'vitest'
import {
  type CommitMode,
  commitMode,
  dropBatch,
  endsOfBatch,
  finishItem,
  giveOut,
  handOver,
  holding,
  type Item,
  inHand,
  type isIn,
  itemOf,
  noWork,
  positionAfter,
  someIn,
  stagesOfWork,
  takeNext,
  type Work,
  withWorker,
  workersIn,
} from './handler.ts'
import { message, plainHandler } from './story.fixture.ts'

/** Items from lanes given as a string of digits: '001' is offsets 0, 1 of lane 0 and 0 of lane 1. */
function items(lanes: string): readonly Item[] {
  const next: Record<string, number> = {}
  return [...lanes].map((lane, n) => {
    const offset = next[lane] ?? 0
    next[lane] = offset + 1
    return { place: { stream: 'orders', lane: Number(lane), offset }, message: message(n) }
  })
}

const handed = (records: readonly Item[], workers: number, mode: CommitMode) =>
  handOver(records, { workers, handles: [] }, mode)

const phases = (work: Work) => work.workers.map((worker) => `${worker.phase} ${worker.item}`)
const finish = (work: Work, ...workers: number[]) =>
  workers.reduce((w, i) => finishItem(w, i), work)

describe('when positions are committed', () => {
  test('follows from the settings', () => {
    expect(commitMode(plainHandler, true)).toBe('auto')
    expect(commitMode({ ...plainHandler, ackPoint: 'before' }, true)).toBe('auto')
    expect(commitMode({ ...plainHandler, ackPoint: 'before', workers: 3 }, false)).toBe('before')
    expect(commitMode(plainHandler, false)).toBe('batch-after')
    expect(commitMode({ ...plainHandler, workers: 2 }, false)).toBe('each-after')
  })
})

describe('one worker', () => {
  test('takes the records in order and then waits for the commit of all', () => {
    let work = handed(items('000'), 1, 'batch-after')
    expect(phases(work)).toEqual(['polled 0'])
    work = finish(work, 0)
    expect(phases(work)).toEqual(['polled 1'])
    expect(stagesOfWork(work)).toEqual([
      { stage: 'effect applied', about: 'e0' },
      { stage: 'polled', about: 'e1' },
    ])
    work = finish(work, 0, 0)
    expect(work.batch?.phase).toBe('after')
    expect(phases(work)).toEqual(['idle -1'])
    expect(stagesOfWork(work)).toEqual([{ stage: 'effect applied', about: 'e2' }])
    expect(inHand(work)).toBe(true)
  })

  test('has nothing to wait for where the client commits by itself', () => {
    const work = finish(handed(items('0'), 1, 'auto'), 0)
    expect(work.batch?.phase).toBe('ended')
    expect(inHand(work)).toBe(false)
    expect(holding(work)).toEqual(['e0'])
    expect(stagesOfWork(work)).toEqual([{ stage: 'effect applied', about: 'e0' }])
  })

  test('begins only after the commit where that comes first', () => {
    let work = handed(items('00'), 1, 'before')
    expect(phases(work)).toEqual(['idle -1'])
    expect(stagesOfWork(work)).toEqual([{ stage: 'polled', about: 'e0 e1' }])
    work = giveOut(work)
    expect(stagesOfWork(work)).toEqual([{ stage: 'committed', about: 'e0' }])
    work = finish(withWorker(work, 0, { phase: 'sent' }), 0)
    expect(stagesOfWork(work)).toEqual([
      { stage: 'effect applied', about: 'e0' },
      { stage: 'committed', about: 'e1' },
    ])
    expect(finish(work, 0).batch?.phase).toBe('ended')
  })

  test('forgets failures and late answers with the record they belong to', () => {
    const work = withWorker(handed(items('00'), 1, 'auto'), 0, { failures: 2, late: 3 })
    expect(finish(work, 0).workers[0]).toEqual({
      phase: 'polled',
      item: 1,
      failures: 0,
      late: 0,
      previous: 0,
    })
  })
})

describe('stages', () => {
  test('a batch that is committed as one stands there with all its event ids', () => {
    const work = handed(items('00'), 1, 'batch-after')
    const at = (phase: 'before-sent' | 'after-sent' | 'committed') =>
      stagesOfWork({ ...work, batch: { ...(work.batch as NonNullable<Work['batch']>), phase } })
    expect(at('before-sent')).toEqual([{ stage: 'committing', about: 'e0 e1' }])
    expect(at('after-sent')).toEqual([{ stage: 'committing', about: 'e0 e1' }])
    expect(at('committed')).toEqual([{ stage: 'committed', about: 'e0 e1' }])
  })

  test('every phase of a worker is told in words, and none without work', () => {
    const work = handed(items('0'), 1, 'batch-after')
    const told = (phase: Parameters<typeof isIn>[2]) =>
      stagesOfWork(withWorker(work, 0, { phase }))[0]?.stage
    expect(told('checking')).toBe('checking')
    expect(told('checkAgain')).toBe('checking')
    expect(told('deduped')).toBe('deduped')
    expect(told('marking')).toBe('marking')
    expect(told('markAgain')).toBe('marking')
    expect(told('marked')).toBe('marked')
    expect(told('sent')).toBe('effect sent')
    expect(told('sendAgain')).toBe('retrying')
    expect(told('unmarked')).toBe('effect applied')
    expect(told('applied')).toBe('effect applied')
    expect(told('committing')).toBe('committing')
    expect(told('commitAgain')).toBe('committing')
    expect(told('parking')).toBe('parking')
    expect(told('parkAgain')).toBe('parking')
    expect(told('blocked')).toBe('blocked')
    expect(stagesOfWork(noWork(2))).toEqual([])
  })
})

describe('several workers', () => {
  test('take one record each, then whatever is next', () => {
    let work = handed(items('00000'), 2, 'each-after')
    expect(phases(work)).toEqual(['polled 0', 'polled 1'])
    expect(workersIn(work, 'polled')).toEqual([0, 1])
    work = finish(work, 1)
    expect(phases(work)).toEqual(['polled 0', 'applied 1'])
    expect(workersIn(work, 'applied')).toEqual([1])
    expect(workersIn(work, 'sent')).toEqual([])
    expect([someIn(work, 'applied'), someIn(work, 'sent')]).toEqual([true, false])
    work = takeNext(work, 1)
    expect(phases(work)).toEqual(['polled 0', 'polled 2'])
    expect(stagesOfWork(work)).toEqual([
      { stage: 'polled', about: 'e0' },
      { stage: 'committed', about: 'e1' },
      { stage: 'polled', about: 'e2' },
    ])
    expect(itemOf(work, 1).message.id).toBe('e2')
  })

  test('are more than there are records: the rest stay idle', () => {
    const work = handed(items('0'), 3, 'each-after')
    expect(phases(work)).toEqual(['polled 0', 'idle -1', 'idle -1'])
    expect(() => itemOf(work, 1)).toThrow('worker 1 holds nothing')
    const done = takeNext(finish(work, 0), 0)
    expect(done.batch?.phase).toBe('committed')
    expect(inHand(done)).toBe(false)
    expect(holding(done)).toEqual([])
    expect(stagesOfWork(done)).toEqual([{ stage: 'committed', about: 'e0' }])
  })

  test('name the lowest unfinished offset or the one after the highest finished', () => {
    let work = finish(handed(items('00010'), 3, 'each-after'), 2)
    const named = (worker: number, of: 'lowest-contiguous' | 'highest-finished') =>
      positionAfter(work, worker, of).offset
    expect(named(2, 'highest-finished')).toBe(3)
    expect(named(2, 'lowest-contiguous')).toBe(0)
    work = finish(work, 0)
    expect(named(0, 'highest-finished')).toBe(3)
    expect(named(0, 'lowest-contiguous')).toBe(1)
    work = finish(takeNext(work, 2), 2)
    expect(positionAfter(work, 2, 'lowest-contiguous')).toEqual({
      stream: 'orders',
      lane: 1,
      offset: 1,
    })
    work = withWorker(finish(work, 1), 0, { phase: 'committing' })
    work = withWorker(work, 2, { phase: 'commitAgain' })
    expect(named(1, 'lowest-contiguous')).toBe(3)
  })

  test('a record that comes later than the highest does not lower it', () => {
    const work = finish(handed(items('00'), 2, 'each-after'), 1, 0)
    expect(work.batch?.highest).toEqual([{ stream: 'orders', lane: 0, offset: 1 }])
  })
})

describe('a commit refused for good', () => {
  test('drops the batch of one worker at once', () => {
    const work = dropBatch(finish(handed(items('00'), 1, 'batch-after'), 0, 0), -1)
    expect(work).toEqual(noWork(1))
    expect(dropBatch(noWork(1), 0)).toEqual(noWork(1))
  })

  test('lets the other workers see through what they hold, and no more', () => {
    let work = finish(handed(items('0000'), 2, 'each-after'), 0)
    work = dropBatch(work, 0)
    expect(phases(work)).toEqual(['idle -1', 'polled 1'])
    expect(inHand(work)).toBe(true)
    work = finish(work, 1)
    expect(work).toEqual(noWork(2))
  })
})

test('the end of a batch is told lane by lane', () => {
  const work = handed(items('00101'), 1, 'batch-after')
  const ends = endsOfBatch(work.batch as NonNullable<Work['batch']>)
  expect(ends.map((end) => `${end.lane}: ${end.offset}`).sort()).toEqual(['0: 3', '1: 2'])
})

describe('event types a handler does not act upon', () => {
  const types = ['OrderCreated', 'PaymentReceived', 'OrderShipped']
  const mixed = (text: string) =>
    items(text).map((item, i) => ({
      ...item,
      message: { ...item.message, type: types[i % 3] as string },
    }))
  const only = (workers: number) => ({ workers, handles: ['PaymentReceived'] })

  test('are passed over, and the commit covers them', () => {
    const work = handOver(mixed('0011'), only(1), 'batch-after')
    expect(phases(work)).toEqual(['polled 0'])
    expect(work.batch?.items.map((item) => item.message.type)).toEqual(['PaymentReceived'])
    expect(finish(work, 0).batch?.phase).toBe('after')
    expect(endsOfBatch(work.batch as NonNullable<Work['batch']>)).toEqual([
      { stream: 'orders', lane: 0, offset: 2 },
      { stream: 'orders', lane: 1, offset: 2 },
    ])
  })
  test('leave nothing to do but to commit when there are no others', () => {
    const none = mixed('0')
    expect(handOver(none, only(1), 'batch-after').batch?.phase).toBe('after')
    expect(handOver(none, only(1), 'auto').batch?.phase).toBe('ended')
    expect(handOver(none, only(2), 'each-after').batch?.phase).toBe('committed')
    const before = handOver(none, only(1), 'before')
    expect(before.batch?.phase).toBe('before')
    expect(giveOut(before).batch?.phase).toBe('ended')
  })
  test('count as finished for a commit of the highest', () => {
    const work = finish(handOver(mixed('000'), only(2), 'each-after'), 0)
    expect(positionAfter(work, 0, 'highest-finished').offset).toBe(3)
  })
})
