import { describe, expect, test } from 'vitest'
import { get } from '../../engine/trie.ts'
import {
  answer,
  applied,
  type Change,
  type Consumer,
  commitResponse,
  polled,
  records,
  stagesOf,
  takes,
} from './consumer.fixture.ts'
import { consumer } from './consumer.ts'
import {
  brokenCall as broken,
  effectAnswer as late,
  markAnswer as marked,
  seenAnswer as seen,
} from './handler-answers.fixture.ts'

const strategy = (kind: unknown): Change => ({ handler: { strategy: kind as never } })
const table = (marks: 'before' | 'after') => strategy({ kind: 'dedup-table', marks })

describe('the effect', () => {
  test('is asked of the sink after the handler has worked on the record', () => {
    const it = polled(2)
    expect(stagesOf(it)).toEqual(['polled e0'])
    expect(takes(it, 'ApplyEffect', 0)).toEqual([10, 20])
    const rule = consumer.rules.find((each) => each.name === 'ApplyEffect')
    expect(rule?.about?.(it.state, undefined, 0)).toBe('e0')
    it.does('ApplyEffect', 0)
    expect(it.sent('sink')).toMatchObject([
      {
        kind: 'ApplyEffect',
        call: 'e0',
        group: 'payments',
        by: 'payments-0',
        message: { id: 'e0' },
        place: { stream: 'orders', lane: 0, offset: 0 },
        effect: 'charge',
      },
    ])
    expect(stagesOf(it)).toEqual(['effect sent e0'])
    expect(it.whyNot('ApplyEffect')).toBe('a record is ready for its effect')
    expect(it.hears('sink', late('e0'))).toBe('EffectAnswer')
    expect(stagesOf(it)).toEqual(['effect applied e0', 'polled e1'])
  })

  test.each(['applied', 'already done', 'stale'] as const)('"%s" is the end of it', (result) => {
    const it = polled(1)
    it.does('ApplyEffect')
    expect(answer(it, result)).toBe('EffectAnswer')
    expect(it.state.work.batch?.phase).toBe('after')
  })

  test.each(['in progress', 'unavailable'] as const)('"%s" is asked again later', (result) => {
    const it = polled(1)
    it.does('ApplyEffect')
    expect(answer(it, result)).toBe('EffectPostponed')
    expect(stagesOf(it)).toEqual(['retrying e0'])
    expect(it.can()).toContain('RetryCall')
    expect(takes(it, 'RetryCall', 0)).toEqual([200, 300])
    const rule = consumer.rules.find((each) => each.name === 'RetryCall')
    expect(rule?.about?.(it.state, undefined, 0)).toBe('e0')
    it.does('RetryCall')
    expect(it.sent('sink')).toMatchObject([{ kind: 'ApplyEffect', call: 'e0' }])
    expect(it.whyNot('RetryCall')).toBe('a call is to be made again')
  })

  test('an answer that nobody waits for is ignored', () => {
    const it = polled(1)
    expect(it.hears('sink', late('e0'))).toBe('IgnoreLateAnswer')
    it.does('ApplyEffect')
    for (const result of ['applied', 'unavailable', 'failed']) {
      expect(it.hears('sink', late('e1', result))).toBe('IgnoreLateAnswer')
    }
    expect(it.hears('dedup', seen('e0', true))).toBe('IgnoreLateAnswer')
    expect(it.hears('dedup', marked('e0'))).toBe('IgnoreLateAnswer')
    expect(stagesOf(it)).toEqual(['effect sent e0'])
  })

  test('a call that takes too long is made again, and its own late answer is not taken for the new one', () => {
    const it = polled(1, { slowestAnswerMs: 1000 })
    it.does('ApplyEffect')
    expect(takes(it, 'CallTimesOut', 0)).toEqual([1000, 1000])
    it.does('CallTimesOut', 0)
    it.does('RetryCall')
    expect(it.sent('sink').map((e) => e.call)).toEqual(['e0', 'e0~0.0.1'])
    expect(it.hears('sink', late('e0'))).toBe('IgnoreLateAnswer')
    expect(it.hears('sink', late('e0~0.0.1'))).toBe('EffectAnswer')
    const quick = polled(1, { slowestAnswerMs: 999 })
    quick.does('ApplyEffect')
    expect(quick.whyNot('CallTimesOut', 0)).toBe('the sink may take longer than the caller waits')
  })

  test('a broken call is made again; one that was given up is nothing', () => {
    const it = polled(1)
    it.does('ApplyEffect')
    expect(it.wouldTake('broker-0', broken('e0'))).toEqual(['ReconnectToNode'])
    expect(it.wouldTake('broker-0', broken('other'))).toEqual(['ReconnectToNode'])
    expect(it.hears('sink', broken('other'))).toBe('IgnoreBrokenCall')
    expect(it.hears('sink', broken('e0'))).toBe('CallBroken')
    expect(it.hears('sink', broken('e0'))).toBe('IgnoreBrokenCall')
    it.does('RetryCall')
    expect(stagesOf(it)).toEqual(['effect sent e0'])
  })

  test('calls of several workers and of later processes have names of their own', () => {
    const it = polled(2, { handler: { workers: 2 } })
    it.does('ApplyEffect', 1)
    it.does('ApplyEffect', 0)
    expect(it.sent('sink').map((e) => e.call)).toEqual(['e1~0.1.0', 'e0'])
    it.hears('sink', late('e1~0.1.0'))
    expect(stagesOf(it)).toEqual(['effect sent e0', 'effect applied e1'])
    const later = polled(1)
    later.state = { ...later.state, life: 2 }
    later.does('ApplyEffect')
    expect(later.sent('sink')[0].call).toBe('e0~2.0.0')
  })

  test('nothing of it happens while the handler hangs', () => {
    const it = polled(1)
    it.does('StallHandler')
    expect(it.whyNot('ApplyEffect')).toBe('the handler does not hang')
    const retries = polled(1)
    retries.does('ApplyEffect')
    answer(retries, 'unavailable')
    retries.does('StallHandler')
    expect(retries.whyNot('RetryCall')).toBe('the handler does not hang')
  })
})

describe('an effect that fails for good', () => {
  function failing(handler: Change['handler'], times: number): Consumer {
    const it = polled(2, { handler: { maxAttempts: 2, ...handler } })
    it.does('ApplyEffect')
    for (let i = 0; i < times; i++) {
      if (i > 0) it.does('RetryCall')
      expect(answer(it, 'failed')).toBe('EffectFailed')
    }
    return it
  }
  const produced = (error?: string) =>
    ({ kind: 'ProduceResponse', topic: 'orders-dlt', correlation: 0, error }) as never

  test('is tried again first', () => {
    const it = failing({}, 1)
    expect(stagesOf(it)).toEqual(['retrying e0'])
  })

  test('retried in place it blocks its partition', () => {
    const it = failing({}, 2)
    expect(stagesOf(it)).toEqual(['blocked e0'])
    expect(it.can()).toEqual(['PollIntervalExceeded'])
  })

  test('skipped it is told, and the next record is taken', () => {
    const it = failing({ onFailure: 'skip' }, 2)
    expect(it.seen).toMatchObject([
      { kind: 'skipped', message: { id: 'e0' }, reason: 'its effect failed 2 times' },
    ])
    expect(stagesOf(it)).toContain('polled e1')
  })

  test('goes to the dead-letter topic, and is told when it is there', () => {
    const it = failing({ onFailure: 'dead-letter-topic' }, 2)
    expect(stagesOf(it)).toEqual(['parking e0'])
    expect(it.sent('broker-0')).toEqual([
      {
        kind: 'Produce',
        about: 'e0',
        topic: 'orders-dlt',
        partition: 0,
        correlation: 0,
        acks: 'all',
        batch: {
          producerId: -1,
          epoch: -1,
          firstSequence: -1,
          messages: [expect.objectContaining({ id: 'e0' })],
        },
      },
    ])
    expect(it.seen).toEqual([])
    expect(it.hears('broker-0', produced('NOT_LEADER_OR_FOLLOWER'))).toBe('ProduceResponse')
    it.does('RetryCall')
    expect(it.sent('broker-0')).toMatchObject([{ kind: 'Produce', topic: 'orders-dlt' }])
    it.hears('broker-0', produced())
    expect(it.seen).toMatchObject([
      { kind: 'deadLettered', group: 'payments', message: { id: 'e0' }, place: { offset: 0 } },
    ])
    expect(stagesOf(it)).toContain('polled e1')
    expect(it.hears('broker-0', produced())).toBe('IgnoreProduceResponse')
  })

  test('goes to the retry topic, and from there to the dead-letter topic', () => {
    const it = failing({ onFailure: 'retry-topic' }, 2)
    expect(it.sent('broker-0')).toMatchObject([{ topic: 'orders-retry' }])
    it.hears('broker-0', {
      kind: 'ProduceResponse',
      topic: 'orders-retry',
      correlation: 0,
    } as never)
    expect(it.seen).toEqual([])
    // The same work, as if the next record had been read from the retry topic.
    const { workers } = it.state.work
    const batch = it.state.work.batch as NonNullable<typeof it.state.work.batch>
    const place = { stream: 'orders-retry', lane: 0, offset: 0 }
    const items = batch.items.map(({ message }) => ({ message, place }))
    it.state = { ...it.state, work: { batch: { ...batch, items }, workers } }
    it.does('ApplyEffect')
    answer(it, 'failed')
    it.does('RetryCall')
    answer(it, 'failed')
    expect(it.sent('broker-0')).toMatchObject([{ topic: 'orders-dlt' }])
  })
})

describe('an in-memory set', () => {
  const memory = strategy({ kind: 'in-memory-set' })

  test('is looked at before the effect and told of it afterwards', () => {
    const it = polled(1, memory)
    expect(it.whyNot('ApplyEffect')).toBe('a record is ready for its effect')
    it.does('CheckSeenInMemory')
    expect(stagesOf(it)).toEqual(['deduped e0'])
    expect(get(it.state.seen, 'e0')).toBeUndefined()
    applied(it)
    expect(get(it.state.seen, 'e0')).toBe(true)
  })

  test('spares a record that it knows its effect', () => {
    const it = polled(1, memory)
    it.does('CheckSeenInMemory')
    applied(it)
    it.does('OffsetCommit')
    it.hears('coordinator', commitResponse(0))
    it.does('Seek', 0)
    it.hears('broker-0', records(0, 1))
    it.does('Poll')
    it.does('CheckSeenInMemory')
    expect(it.seen).toEqual([
      expect.objectContaining({
        kind: 'effectSkipped',
        actor: 'payments-0',
        by: 'payments-0',
        group: 'payments',
        sink: 'card-api',
        reason: 'in-memory set',
      }),
    ])
    expect(it.state.work.batch?.phase).toBe('after')
    expect(it.sent('sink')).toEqual([])
  })

  test('is not asked by other strategies, nor by a handler that hangs', () => {
    expect(polled(1).whyNot('CheckSeenInMemory')).toBe('it keeps a set in memory')
    const it = polled(1, memory)
    it.does('StallHandler')
    expect(it.whyNot('CheckSeenInMemory')).toBe('the handler does not hang')
  })
})

describe('a dedup table', () => {
  test('marked after the effect: looked up, applied, marked, each a step of its own', () => {
    const it = polled(1, table('after'))
    expect(it.can()).toEqual(['CheckSeen', 'PollIntervalExceeded'])
    it.does('CheckSeen')
    expect(it.sent('dedup')).toEqual([{ kind: 'CheckSeen', about: 'e0', call: 'e0', id: 'e0' }])
    expect(stagesOf(it)).toEqual(['checking e0'])
    expect(it.hears('dedup', seen('e0', false))).toBe('SeenAnswer')
    expect(stagesOf(it)).toEqual(['deduped e0'])
    expect(it.whyNot('MarkSeen')).toBe('a record is to be marked')
    applied(it)
    expect(stagesOf(it)).toEqual(['effect applied e0'])
    it.does('MarkSeen')
    expect(it.sent('dedup')).toEqual([{ kind: 'MarkSeen', about: 'e0', call: 'e0', id: 'e0' }])
    expect(stagesOf(it)).toEqual(['marking e0'])
    expect(it.hears('dedup', marked('e0'))).toBe('MarkAnswer')
    expect(it.state.work.batch?.phase).toBe('after')
  })

  test('marked before the effect: the mark stands when the effect is sent', () => {
    const it = polled(1, table('before'))
    it.does('CheckSeen')
    it.hears('dedup', seen('e0', false))
    expect(it.whyNot('ApplyEffect')).toBe('a record is ready for its effect')
    it.does('MarkSeen')
    it.hears('dedup', marked('e0'))
    expect(stagesOf(it)).toEqual(['marked e0'])
    applied(it)
    expect(it.state.work.batch?.phase).toBe('after')
  })

  test('spares a record it has seen its effect', () => {
    const it = polled(1, table('after'))
    it.does('CheckSeen')
    it.hears('dedup', seen('e0', true))
    expect(it.seen).toMatchObject([{ kind: 'effectSkipped', reason: 'dedup table' }])
    expect(it.state.work.batch?.phase).toBe('after')
  })

  test('may be unavailable or break a call: both are asked again', () => {
    const it = polled(1, table('after'))
    it.does('CheckSeen')
    it.hears('dedup', seen('e0', 'unavailable'))
    expect(stagesOf(it)).toEqual(['checking e0'])
    it.does('RetryCall')
    expect(it.hears('dedup', broken('e0'))).toBe('CallBroken')
    it.does('RetryCall')
    expect(it.sent('dedup').map((e) => e.kind)).toEqual(['CheckSeen', 'CheckSeen', 'CheckSeen'])
    it.hears('dedup', seen('e0', false))
    applied(it)
    it.does('MarkSeen')
    it.hears('dedup', marked('e0', false))
    it.does('RetryCall')
    it.hears('dedup', broken('e0'))
    it.does('RetryCall')
    expect(it.sent('dedup').map((e) => e.kind)).toEqual(['MarkSeen', 'MarkSeen', 'MarkSeen'])
    it.hears('dedup', marked('e0'))
    expect(it.state.work.batch?.phase).toBe('after')
  })

  test('is not asked by other strategies, nor by a handler that hangs', () => {
    expect(polled(1).whyNot('CheckSeen')).toBe('it has a dedup table')
    const it = polled(1, table('before'))
    it.does('StallHandler')
    expect(it.whyNot('CheckSeen')).toBe('the handler does not hang')
    it.does('HandlerGoesOn')
    it.does('CheckSeen')
    it.hears('dedup', seen('e0', false))
    it.does('StallHandler')
    expect(it.whyNot('MarkSeen')).toBe('the handler does not hang')
  })
})
