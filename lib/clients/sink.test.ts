import { describe, expect, test } from 'vitest'
import { at } from '../engine/tape.ts'
import { get, keys } from '../engine/trie.ts'
import { type Bench, benchOf } from './bench.fixture.ts'
import { sink } from './sink.ts'
import type { SinkSettings, SinkState } from './sink-state.ts'
import { message } from './story.fixture.ts'
import type { ApplyEffect } from './types.ts'

const settings: SinkSettings = {
  kind: 'external-api',
  answerMs: [5, 9],
  slow: false,
  retentionMs: 86_400_000,
  poison: [],
  stock: 10,
  downMs: [1000, 2000],
}

function sinkWith(change: Partial<SinkSettings> = {}): Bench<SinkState> {
  return benchOf(sink, 'card-api', { ...settings, ...change }, { a: 'calls', b: 'calls' })
}

function request(n: number, change: Partial<ApplyEffect> = {}): ApplyEffect {
  const place = { stream: 'orders', lane: 0, offset: n }
  const told = message(n)
  const who = { group: 'payments', by: 'payments-0', call: told.id }
  return {
    kind: 'ApplyEffect',
    about: told.id,
    ...who,
    message: told,
    place,
    effect: 'charge',
    ...change,
  }
}

const result = (bench: Bench<SinkState>, port = 'a') => bench.sent(port).map((e) => e.result)

describe('an external API', () => {
  test('does every effect it is asked for, and says who asked', () => {
    const api = sinkWith()
    expect(api.hears('a', request(1))).toBe('ApplyEffect')
    expect(api.seen).toEqual([
      {
        kind: 'effectApplied',
        actor: 'card-api',
        group: 'payments',
        by: 'payments-0',
        sink: 'card-api',
        message: message(1),
        place: { stream: 'orders', lane: 0, offset: 1 },
        effect: 'charge',
      },
    ])
    expect(api.sent('a')).toEqual([
      { kind: 'EffectAnswer', about: 'e1', call: 'e1', result: 'applied' },
    ])
    api.hears('b', request(1))
    expect(result(api, 'b')).toEqual(['applied'])
    expect(api.state.rows.length).toBe(2)
    expect(at(api.state.rows, 0)).toEqual({
      message: 'e1',
      order: 101,
      key: 'k1',
      seq: 1,
      type: 'OrderCreated',
    })
  })

  test('answers a key it remembers as already done', () => {
    const api = sinkWith()
    api.hears('a', request(1, { idempotencyKey: 'e1' }))
    expect(at(api.state.rows, 0)?.idempotencyKey).toBe('e1')
    api.hears('b', request(1, { idempotencyKey: 'e1' }))
    expect(api.seen).toMatchObject([{ kind: 'effectSkipped', reason: 'idempotency key' }])
    expect(result(api, 'b')).toEqual(['already done'])
    expect(api.state.rows.length).toBe(1)
    expect(get(api.state.keys, 'e1')).toBe('e1')
  })

  test('forgets a key after its retention, if that is short enough to end in a run', () => {
    const api = sinkWith({ retentionMs: 60_000 })
    expect(api.can()).toEqual([])
    api.hears('a', request(1, { idempotencyKey: 'one' }))
    api.hears('a', request(2, { idempotencyKey: 'two' }))
    expect(api.whyNot('KeyExpires', 'three')).toBe('"three" is on offer')
    api.does('KeyExpires', 'one')
    expect(api.seen).toEqual([
      { kind: 'forgotten', actor: 'card-api', what: 'idempotency key one' },
    ])
    expect(keys(api.state.keys)).toEqual(['two'])
    api.hears('a', request(1, { idempotencyKey: 'one' }))
    expect(api.state.rows.length).toBe(3)
    const rule = sink.rules.find((each) => each.name === 'KeyExpires')
    expect(
      rule?.takes?.({ ...settings, retentionMs: 60_000 }, api.state, undefined, 'two'),
    ).toEqual([60_000, 60_000])
  })

  test('keeps a key for the whole run when its retention outlives that', () => {
    const api = sinkWith()
    api.hears('a', request(1, { idempotencyKey: 'one' }))
    expect(api.whyNot('KeyExpires', 'one')).toBe('keys end within a run')
  })

  test('fails a poison message, marked beforehand or on the way', () => {
    const api = sinkWith({ poison: ['e1'] })
    api.hears('a', request(1))
    expect(api.seen).toMatchObject([{ kind: 'effectFailed', reason: 'poison message' }])
    expect(result(api)).toEqual(['failed'])
    expect(api.wouldTake('a', request(1), true)).toEqual(['LoseAnswer'])
    api.takes('PoisonMessage', 'a', request(2))
    expect(api.seen).toMatchObject([{ kind: 'effectFailed', message: { id: 'e2' } }])
    api.hears('a', request(2))
    expect(result(api)).toEqual(['failed', 'failed'])
    expect(api.state.rows.length).toBe(0)
  })

  test('answers "unavailable" while it is down, writes nothing, and comes back', () => {
    const api = sinkWith()
    expect(api.whyNot('SinkUp')).toBe('the sink is down')
    api.does('SinkDown')
    expect(api.whyNot('SinkDown')).toBe('the sink is up')
    expect(api.hears('a', request(1))).toBe('AnswerUnavailable')
    expect(result(api)).toEqual(['unavailable'])
    expect(api.state.rows.length).toBe(0)
    expect(api.wouldTake('a', request(1), true)).toEqual([])
    api.does('SinkUp')
    expect(api.hears('a', request(1))).toBe('ApplyEffect')
    const up = sink.rules.find((each) => each.name === 'SinkUp')
    expect(up?.takes?.(settings, api.state, undefined, undefined)).toEqual([1000, 2000])
  })

  test('may lose its answer: the effect is done, the caller sees a broken call', () => {
    const api = sinkWith()
    api.takes('LoseAnswer', 'a', request(1))
    expect(api.seen).toMatchObject([{ kind: 'effectApplied' }])
    expect(api.sent('a')).toEqual([{ kind: 'ConnectionClosed', about: 'e1' }])
    expect(api.state.rows.length).toBe(1)
  })

  test('takes as long as the story says', () => {
    const rule = sink.rules.find((each) => each.name === 'ApplyEffect')
    expect(rule?.takes?.(settings, undefined, undefined, undefined)).toEqual([5, 9])
  })
})

describe('an API that accepts first and answers later', () => {
  const key = { idempotencyKey: 'e1' }

  test('answers the same key meanwhile with "in progress", and the first one when it is done', () => {
    const api = sinkWith({ slow: true })
    expect(api.hears('a', request(1, key))).toBe('AcceptEffect')
    expect(api.seen).toEqual([])
    expect(result(api)).toEqual([])
    expect(api.hears('b', request(1, key))).toBe('AcceptEffect')
    expect(result(api, 'b')).toEqual(['in progress'])
    expect(api.can()).toEqual(['FinishEffect'])
    api.does('FinishEffect', 'a e1')
    expect(api.seen).toMatchObject([{ kind: 'effectApplied' }])
    expect(result(api)).toEqual(['applied'])
    expect(api.can()).toEqual([])
    api.hears('b', request(1, key))
    expect(result(api, 'b')).toEqual(['already done'])
    expect(api.seen).toMatchObject([{ kind: 'effectSkipped', reason: 'idempotency key' }])
  })

  test('does both of two requests without a key', () => {
    const api = sinkWith({ slow: true })
    api.hears('a', request(1))
    api.hears('b', request(1))
    api.does('FinishEffect', 'b e1')
    api.does('FinishEffect', 'a e1')
    expect(api.state.rows.length).toBe(2)
    expect([...result(api), ...result(api, 'b')]).toEqual(['applied', 'applied'])
  })

  test('a second key is no reason to wait', () => {
    const api = sinkWith({ slow: true })
    api.hears('a', request(1, { idempotencyKey: 'one' }))
    api.hears('a', request(2, { idempotencyKey: 'two' }))
    expect(api.state.pending).toHaveLength(2)
  })

  test('does what a dead caller asked for, and answers nobody', () => {
    const api = sinkWith({ slow: true })
    api.hears('a', request(1, { orphan: true }))
    api.does('FinishEffect')
    expect(api.state.rows.length).toBe(1)
    expect(api.sent('a')).toEqual([])
  })

  test('finishes nothing while it is down', () => {
    const api = sinkWith({ slow: true })
    api.hears('a', request(1))
    api.does('SinkDown')
    expect(api.whyNot('FinishEffect', 'a e1')).toBe('the sink is up')
    const rule = sink.rules.find((each) => each.name === 'FinishEffect')
    expect(rule?.takes?.(settings, api.state, undefined, 'a e1')).toEqual([5, 9])
  })
})

describe('a database', () => {
  const stock = (n: number, change: Partial<ApplyEffect> = {}) =>
    request(n, { effect: 'decrement', ...change })

  test('decrements a row of its own for each key, from the stock there was', () => {
    const table = sinkWith({ kind: 'database' })
    for (const n of [0, 1, 3, 3]) table.hears('a', stock(n))
    expect(get(table.state.table, 'k0')).toEqual({ value: 7, version: 2 })
    expect(get(table.state.table, 'k1')).toEqual({ value: 9, version: 1 })
  })

  test('keeps a keyless event in the row of what it is about', () => {
    const table = sinkWith({ kind: 'database' })
    table.hears('a', stock(1, { message: message(1, { key: null }) }))
    expect(keys(table.state.table)).toEqual(['order 1'])
  })

  test('checks and records the inbox in the transaction of the effect', () => {
    const table = sinkWith({ kind: 'database' })
    table.hears('a', stock(1, { inbox: 'inventory:e1' }))
    table.hears('b', stock(1, { inbox: 'inventory:e1' }))
    expect(table.seen).toMatchObject([{ kind: 'effectSkipped', reason: 'transactional inbox' }])
    expect(result(table, 'b')).toEqual(['already done'])
    expect(get(table.state.table, 'k1')?.value).toBe(9)
    table.hears('a', stock(1, { inbox: 'other:e1' }))
    expect(get(table.state.table, 'k1')?.value).toBe(8)
  })

  test('a version guard refuses the same version and older ones, and lets newer ones pass', () => {
    const table = sinkWith({ kind: 'database' })
    table.hears('a', stock(4, { version: 2 }))
    table.hears('a', stock(4, { version: 2 }))
    expect(table.seen).toMatchObject([{ kind: 'effectSkipped', reason: 'version guard' }])
    table.hears('a', stock(1, { version: 1 }))
    expect(result(table)).toEqual(['applied', 'stale', 'stale'])
    table.hears('a', stock(7, { version: 3 }))
    expect(get(table.state.table, 'k1')).toEqual({ value: 8, version: 3 })
  })

  test('an upsert of the same value changes nothing; a stale one sets the row back', () => {
    const table = sinkWith({ kind: 'database' })
    const upsert = (n: number, type: string) =>
      table.hears('a', request(n, { effect: 'upsert', message: message(n, { type }) }))
    upsert(1, 'OrderCreated')
    upsert(1, 'OrderCreated')
    expect(table.seen).toMatchObject([{ kind: 'effectSkipped', reason: 'upsert, same value' }])
    upsert(1, 'PaymentReceived')
    upsert(4, 'PaymentReceived')
    expect(get(table.state.table, 'k1')).toEqual({ value: 'PaymentReceived', version: 2 })
    upsert(1, 'OrderCreated')
    expect(table.seen).toMatchObject([{ kind: 'effectApplied', effect: 'upsert' }])
    expect(get(table.state.table, 'k1')).toEqual({ value: 'OrderCreated', version: 1 })
    expect(result(table)).toEqual(['applied', 'already done', 'applied', 'applied', 'applied'])
  })
})

test('a counter counts by event type', () => {
  const counts = sinkWith({ kind: 'counts' })
  for (const n of [1, 2]) counts.hears('a', request(n, { effect: 'count' }))
  counts.hears('a', request(3, { effect: 'count', message: message(3, { type: 'OrderShipped' }) }))
  expect(counts.state.counts).toEqual({ OrderCreated: 2, OrderShipped: 1 })
})

test('an e-mail is a row like a charge', () => {
  const mail = sinkWith()
  mail.hears('a', request(1, { effect: 'email' }))
  expect(mail.state.rows.length).toBe(1)
})

test('an upsert of what is gone takes the row away', () => {
  const table = sinkWith({ kind: 'database' })
  table.hears('a', request(0, { effect: 'upsert' }))
  expect(keys(table.state.table)).toEqual(['k0'])
  const gone = { message: message(3, { gone: true }), effect: 'upsert' } as const
  table.hears('a', request(3, gone))
  expect(keys(table.state.table)).toEqual([])
  expect(result(table)).toEqual(['applied', 'applied'])
})
