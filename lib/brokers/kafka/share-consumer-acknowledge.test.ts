// commitSync of a share consumer, failed effects, and what a cut line takes with it.
import { describe, expect, test } from 'vitest'
import {
  acknowledgeResponse,
  acks,
  acquired,
  answer,
  handled,
  member,
  polled,
} from './share-consumer.fixture.ts'

const phase = (bench: ReturnType<typeof polled>) => bench.state.work.batch?.phase

describe('ShareAcknowledge', () => {
  test('commits what was handled, waits for the answer, and goes on', () => {
    const bench = polled([0, 1])
    expect(bench.whyNot('ShareAcknowledge')).toBe('what poll returned waits for its commit')
    handled(bench, 'applied', 'applied')
    bench.does('ShareAcknowledge')
    expect(acks(bench)).toEqual([['ShareAcknowledge', 'ACCEPT 0', 'ACCEPT 1']])
    expect([phase(bench), bench.state.hand]).toEqual(['after-sent', []])
    expect(bench.wouldTake('broker-0', acknowledgeResponse(false))).toEqual([
      'AcknowledgementCommitCallback',
    ])
    expect(bench.wouldTake('broker-1', acknowledgeResponse())).toEqual([
      'AcknowledgementCommitCallback',
    ])
    expect(bench.wouldTake('broker-0', acknowledgeResponse())).toEqual(['ShareAcknowledgeResponse'])
    bench.hears('broker-0', acknowledgeResponse())
    expect([phase(bench), bench.seen]).toEqual(['committed', []])
    expect(bench.can()).toEqual(['ShareFetch'])
  })
  test('not while the handler hangs', () => {
    const bench = polled([0])
    handled(bench, 'applied')
    bench.does('StallHandler')
    expect(bench.whyNot('ShareAcknowledge')).toBe('the handler does not hang')
  })
  test('refused, the application hears of it and goes on all the same', () => {
    const bench = polled([0])
    handled(bench, 'applied')
    bench.does('ShareAcknowledge')
    bench.hears('broker-0', acknowledgeResponse(true, true))
    expect(bench.seen).toEqual([
      {
        kind: 'commitRefused',
        actor: 'payments-0',
        group: 'payments',
        by: 'payments-0',
        reason: 'InvalidRecordStateException',
      },
    ])
    expect(phase(bench)).toBe('committed')
  })
  test('acknowledged before the effect: effects follow the answer', () => {
    const bench = polled([0], { handler: { ackPoint: 'before' } })
    expect([phase(bench), bench.can()]).toEqual([
      'before',
      ['ShareAcknowledge', 'PollIntervalExceeded'],
    ])
    bench.does('ShareAcknowledge')
    expect(phase(bench)).toBe('before-sent')
    bench.hears('broker-0', acknowledgeResponse())
    expect(bench.can()).toContain('ApplyEffect')
  })
  test('records of two nodes: both answers are waited for', () => {
    const bench = member({}, [0, 1])
    bench.does('ShareFetch')
    bench.hears('broker-0', acquired([0]))
    bench.hears('broker-1', acquired([0], { partition: 1 }))
    bench.does('Poll')
    for (const port of ['broker-0', 'broker-1']) bench.sent(port)
    handled(bench, 'applied', 'applied')
    bench.does('ShareAcknowledge')
    expect([acks(bench).length, acks(bench, 'broker-1').length]).toEqual([1, 1])
    bench.hears('broker-1', acknowledgeResponse())
    expect(phase(bench)).toBe('after-sent')
    bench.hears('broker-0', acknowledgeResponse())
    expect(phase(bench)).toBe('committed')
  })
})

describe('a cut line to the node', () => {
  const cut = { kind: 'ConnectionClosed', cut: true } as never
  const gone = { kind: 'commitRefused', reason: 'ShareSessionNotFoundException' }

  test('before the commit: there is no session to commit to', () => {
    const bench = polled([0])
    bench.hears('broker-0', cut)
    expect([bench.state.sessions, bench.seen]).toEqual([[], []])
    handled(bench, 'applied')
    bench.does('ShareAcknowledge')
    expect(acks(bench)).toEqual([])
    expect(bench.seen).toMatchObject([gone])
    expect(phase(bench)).toBe('committed')
  })
  test('while the answer is awaited: it is as if refused', () => {
    const bench = polled([0])
    handled(bench, 'applied')
    bench.does('ShareAcknowledge')
    bench.hears('broker-0', cut)
    expect(bench.seen).toMatchObject([gone])
    expect(phase(bench)).toBe('committed')
  })
  test('of two nodes, the other answer is waited for still', () => {
    const bench = polled([0])
    handled(bench, 'applied')
    bench.does('ShareAcknowledge')
    bench.state = { ...bench.state, awaited: ['broker-0', 'broker-1'] }
    bench.hears('broker-0', cut)
    expect([phase(bench), bench.state.awaited]).toEqual(['after-sent', ['broker-1']])
  })
  test('while it waits for records: it fetches again, in a new session', () => {
    const bench = member()
    bench.does('ShareFetch')
    bench.sent('broker-0')
    bench.hears('broker-0', cut)
    expect(bench.state.fetching).toEqual([])
    bench.does('ShareFetch')
    expect(acks(bench)).toEqual([['ShareFetch']])
  })
})

describe('EffectFailed', () => {
  const once = (change: object = {}) => ({ handler: { maxAttempts: 1, ...change } })

  test('is tried again in place as often as it may be', () => {
    const bench = polled([0], { handler: { maxAttempts: 2 } })
    handled(bench, 'failed')
    expect(bench.can()).toEqual(['RetryCall', 'PollIntervalExceeded'])
    bench.does('RetryCall')
    expect(answer(bench, 'failed')).toBe('EffectFailed')
    expect(bench.state.hand[0]?.acknowledged).toBe('RELEASE')
  })
  test('gives the record back, and accepts the others', () => {
    const bench = polled([0, 1], once())
    handled(bench, 'failed', 'applied')
    bench.does('ShareAcknowledge')
    expect(acks(bench)).toEqual([['ShareAcknowledge', 'RELEASE 0', 'ACCEPT 1']])
  })
  test('rejects it where it is to be skipped', () => {
    const bench = polled([0, 1], once({ onFailure: 'skip' }))
    handled(bench, 'applied', 'failed')
    expect(bench.seen).toEqual([])
    bench.does('ShareAcknowledge')
    expect(acks(bench)).toEqual([['ShareAcknowledge', 'ACCEPT 0', 'REJECT 1']])
  })
  test('writes it to the dead-letter topic and accepts it', () => {
    const bench = polled([0], once({ onFailure: 'dead-letter-topic' }))
    handled(bench, 'failed')
    expect(bench.sent('broker-0')).toMatchObject([{ kind: 'Produce', topic: 'orders-dlt' }])
    const put = {
      kind: 'ProduceResponse',
      topic: 'orders-dlt',
      partition: 0,
      correlation: 0,
      baseOffset: 0,
    }
    bench.hears('broker-0', put as never)
    bench.does('ShareAcknowledge')
    expect(acks(bench)).toEqual([['ShareAcknowledge', 'ACCEPT 0']])
  })
  test('in implicit mode nothing can be given back: it blocks, or skips', () => {
    const implicit = { 'share.acknowledgement.mode': 'implicit' } as const
    const blocked = polled([0], { ...once(), ...implicit })
    handled(blocked, 'failed')
    expect(blocked.state.work.workers[0]?.phase).toBe('blocked')
    const skipped = polled([0], { ...once({ onFailure: 'skip' }), ...implicit })
    handled(skipped, 'failed')
    expect(skipped.seen).toMatchObject([{ kind: 'skipped' }])
    const before = polled([0], once({ ackPoint: 'before' }))
    before.does('ShareAcknowledge')
    before.hears('broker-0', acknowledgeResponse())
    handled(before, 'failed')
    expect(before.state.work.workers[0]?.phase).toBe('blocked')
  })
  test('only for the call that is open, and only where it failed', () => {
    const bench = polled([0])
    bench.does('ApplyEffect')
    const [asked] = bench.sent('sink')
    const to = (call: string, result: string) => ({ kind: 'EffectAnswer', call, result }) as never
    expect(bench.wouldTake('sink', to(asked.call, 'failed'))).toEqual(['EffectFailed'])
    expect(bench.wouldTake('sink', to(asked.call, 'applied'))).toEqual(['EffectAnswer'])
    expect(bench.wouldTake('sink', to('other', 'failed'))).toEqual(['IgnoreLateAnswer'])
  })
})
