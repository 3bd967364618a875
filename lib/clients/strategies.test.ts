import { describe, expect, test } from 'vitest'
import { message, plainHandler } from './story.fixture.ts'
import { effectRequest, idempotencyKeyOf, looksUp, strategies, strategyFits } from './strategies.ts'
import type { SinkKind, Strategy } from './types.ts'

const SINKS: readonly SinkKind[] = ['external-api', 'database', 'counts']
const FITS: Readonly<Record<Strategy['kind'], readonly SinkKind[]>> = {
  none: SINKS,
  'in-memory-set': SINKS,
  'dedup-table': SINKS,
  'transactional-inbox': ['database'],
  upsert: ['database'],
  'version-guard': ['database'],
  'idempotency-key': ['external-api'],
}

describe('a strategy', () => {
  test.each(strategies)('$id fits the sinks it can work on, and says why no other', ({ id }) => {
    for (const sink of SINKS) {
      const reason = strategyFits(id, sink)
      if (FITS[id].includes(sink)) expect(reason).toBeNull()
      else expect(reason).toMatch(/^needs /)
    }
  })

  test('every one is listed once', () => {
    expect(strategies.map((each) => each.id).sort()).toEqual(Object.keys(FITS).sort())
  })

  test('a decrement cannot be upserted; a state can', () => {
    expect(strategyFits('upsert', 'database', 'decrement')).toContain('"decrement" carries none')
    expect(strategyFits('upsert', 'database', 'upsert')).toBeNull()
    expect(strategyFits('version-guard', 'database', 'decrement')).toBeNull()
    expect(strategyFits('version-guard', 'database', 'charge')).toContain('"charge" writes none')
  })

  test('asks its sink for what it needs and for nothing else', () => {
    const told = message(4)
    const made = {
      call: 'c',
      group: 'payments',
      by: 'payments-0',
      message: told,
      place: { stream: 'orders', lane: 0, offset: 7 },
    }
    const plain = { kind: 'ApplyEffect', about: 'e4', ...made, effect: 'charge' }
    const of = (strategy: Strategy) => effectRequest({ ...plainHandler, strategy }, made)
    const retentionMs = 1000
    expect(of({ kind: 'none' })).toEqual(plain)
    expect(of({ kind: 'in-memory-set' })).toEqual(plain)
    expect(of({ kind: 'dedup-table', marks: 'after' })).toEqual(plain)
    expect(of({ kind: 'upsert' })).toEqual(plain)
    expect(of({ kind: 'version-guard' })).toEqual({ ...plain, version: 2 })
    expect(of({ kind: 'transactional-inbox' })).toEqual({ ...plain, inbox: 'payments:e4' })
    expect(of({ kind: 'idempotency-key', scope: 'message', retentionMs })).toEqual({
      ...plain,
      idempotencyKey: 'e4',
    })
  })

  test('an order key covers a resend under a new event id', () => {
    const again = message(4, { id: 'other' })
    expect(idempotencyKeyOf(again, 'order')).toBe(idempotencyKeyOf(message(4), 'order'))
    expect(idempotencyKeyOf(again, 'message')).not.toBe(idempotencyKeyOf(message(4), 'message'))
    const shipped = message(4, { type: 'OrderShipped' })
    expect(idempotencyKeyOf(shipped, 'order')).not.toBe(idempotencyKeyOf(again, 'order'))
  })

  test('looks up in memory, in a store, or nowhere', () => {
    expect(looksUp({ kind: 'in-memory-set' })).toBe('memory')
    expect(looksUp({ kind: 'dedup-table', marks: 'before' })).toBe('store')
    expect(looksUp({ kind: 'none' })).toBe('nowhere')
  })
})
