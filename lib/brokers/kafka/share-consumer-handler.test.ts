// The handler of a share consumer: the rules are those of every handler, and must be this actor's, too.
import { describe, expect, test } from 'vitest'
import {
  brokenCall as broken,
  effectAnswer as late,
  markAnswer as marked,
  seenAnswer as seen,
} from './handler-answers.fixture.ts'
import { answer, type Change, polled } from './share-consumer.fixture.ts'

const table = (marks: 'before' | 'after'): Change => ({
  handler: { strategy: { kind: 'dedup-table', marks } },
})

describe('with a dedup table', () => {
  test('marked after the effect: looked up, applied, marked, each a step of its own', () => {
    const it = polled([0], table('after'))
    expect(it.whyNot('ApplyEffect')).toBe('a record is ready for its effect')
    expect(it.whyNot('MarkSeen')).toBe('a record is to be marked')
    it.does('CheckSeen')
    const [asked] = it.sent('dedup')
    expect(it.hears('dedup', seen(asked.call, false))).toBe('SeenAnswer')
    it.does('ApplyEffect')
    answer(it)
    it.does('MarkSeen')
    const [mark] = it.sent('dedup')
    expect(it.hears('dedup', marked(mark.call))).toBe('MarkAnswer')
    expect(it.state.work.batch?.phase).toBe('after')
  })
  test('it is not asked where there is none, nor while the handler hangs', () => {
    expect(polled([0]).whyNot('CheckSeen')).toBe('it has a dedup table')
    const it = polled([0], table('after'))
    it.does('StallHandler')
    expect(it.whyNot('CheckSeen')).toBe('the handler does not hang')
    const marks = polled([0], table('before'))
    marks.does('CheckSeen')
    marks.hears('dedup', seen(marks.sent('dedup')[0].call, false))
    marks.does('StallHandler')
    expect(marks.whyNot('MarkSeen')).toBe('the handler does not hang')
  })
})

describe('the effect', () => {
  test('is applied where the service has one', () => {
    const it = polled([0], { handler: { effect: 'none' } })
    expect(it.whyNot('ApplyEffect')).toBe('its service has an effect')
  })
  test('an answer that nobody waits for is ignored', () => {
    const it = polled([0])
    it.does('ApplyEffect')
    for (const result of ['applied', 'unavailable', 'failed'])
      expect(it.wouldTake('sink', late('e1', result))).toEqual(['IgnoreLateAnswer'])
    expect(it.wouldTake('dedup', seen('e0', true))).toEqual(['IgnoreLateAnswer'])
    expect(it.wouldTake('dedup', marked('e0'))).toEqual(['IgnoreLateAnswer'])
  })
  test('is asked again when the sink is not available, unless the handler hangs', () => {
    const it = polled([0])
    expect(it.whyNot('RetryCall')).toBe('a call is to be made again')
    it.does('ApplyEffect')
    expect(it.hears('sink', late(it.sent('sink')[0].call, 'unavailable'))).toBe('EffectPostponed')
    it.does('StallHandler')
    expect(it.whyNot('RetryCall')).toBe('the handler does not hang')
    it.does('HandlerGoesOn')
    expect(it.whyNot('RetryCall')).toBeNull()
  })
  test('a broken call is made again; one that was given up is nothing', () => {
    const it = polled([0])
    it.does('ApplyEffect')
    const [{ call }] = it.sent('sink')
    expect(it.wouldTake('broker-0', broken(call))).toEqual(['ReconnectToNode'])
    expect(it.wouldTake('sink', broken('other'))).toEqual(['IgnoreBrokenCall'])
    expect(it.wouldTake('sink', broken(call))).toEqual(['CallBroken'])
  })
})
