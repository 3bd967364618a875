// Lag, dead-lettered, expired and lost are four things: here is what tells expired from the others, and what
// an event without data makes of a row.
import { describe, expect, test } from 'vitest'
import type { Seen } from '../clients/types.ts'
import {
  applied,
  assigned,
  committed,
  delivered,
  fact,
  handled,
  published,
  subjectOf,
} from './_example.ts'
import { invariantsOf } from './index.ts'
import { judge } from './judge.ts'

const REST = { atRest: true, faults: { planned: 0, fired: 0 } }

function verdict(id: string, script: readonly Seen[], subject = subjectOf()) {
  const bench = judge(invariantsOf([id]), subject)
  script.forEach((seen, i) => {
    bench.see([seen], i + 1)
  })
  return bench.verdicts(REST)[0]!
}

const lane = { actor: 'broker-0', stream: 'orders', lane: 0 } as const
const expired = (start: number): Seen => ({ ...lane, kind: 'expired', start })
const compacted = (...offsets: number[]): Seen => ({ ...lane, kind: 'compacted', offsets })
const both = [...published(0), ...published(1)]

describe('no-loss', () => {
  test('what expired before the group had passed it is expired, not lost', () => {
    expect(verdict('no-loss', [...both, expired(2)])).toMatchObject({
      verdict: 'holds',
      detail: 'Nothing is lost; 2 expired before payments had read them.',
    })
    const once = verdict('no-loss', [...both, ...handled(0), expired(2), committed(2)])
    expect(once.detail).toBe('Nothing is lost; 1 expired before payments had read them.')
  })
  test('what the group had passed without an effect is lost, whatever expires later', () => {
    const passed = [...both, delivered(0), committed(1), expired(1)]
    expect(verdict('no-loss', passed)).toMatchObject({ verdict: 'broken', messages: ['e0'] })
  })
  test('what took effect is expired to nobody, and what is still there is lag', () => {
    const { detail } = verdict('no-loss', [...both, ...handled(0), expired(1)])
    expect(detail).not.toMatch(/expired/)
  })
  test('another lane or another stream expires by itself', () => {
    for (const other of [{ lane: 1 }, { stream: 'returns' }]) {
      const script = [...both, delivered(0), { ...expired(2), ...other } as Seen, committed(2)]
      expect(verdict('no-loss', script).messages).toEqual(['e0', 'e1'])
    }
  })
  test('what compaction took before the group had read it is told apart', () => {
    const script = [...both, compacted(0), ...handled(1), committed(2)]
    expect(verdict('no-loss', script)).toMatchObject({
      verdict: 'holds',
      detail: 'Nothing is lost; 1 compacted away before payments had read them.',
    })
    expect(verdict('no-loss', [...both, committed(2), compacted(0)]).verdict).toBe('broken')
  })
  test('a copy that is still there will be read', () => {
    const again: Seen = { ...(published(0)[1] as Seen), place: { ...lane, offset: 5 } } as Seen
    const { detail, verdict: said } = verdict('no-loss', [
      ...both,
      again,
      ...handled(1),
      expired(1),
    ])
    expect([said, /expired/.test(detail)]).toEqual(['holds', false])
  })
})

describe('no-stuck-message', () => {
  const living = [assigned(1, 'payments-0'), ...both]
  const stuck = (...more: readonly Seen[]) => verdict('no-stuck-message', [...living, ...more])

  test('what is deleted before a living group has read it is not stuck; the rest is', () => {
    expect(stuck(expired(2)).verdict).toBe('holds')
    expect(stuck(expired(1))).toMatchObject({ verdict: 'broken', messages: ['e1'] })
    expect(stuck({ ...expired(2), lane: 1 } as Seen).messages).toEqual(['e0', 'e1'])
  })
  test('neither is what compaction took', () => {
    expect(stuck(compacted(0, 1)).verdict).toBe('holds')
    expect(stuck(compacted(0, 7))).toMatchObject({ verdict: 'broken', messages: ['e1'] })
  })
})

describe('an event that says its key is gone', () => {
  const gone = (n: number, seen: Seen): Seen =>
    ({ ...seen, message: { ...fact(n), gone: true } }) as Seen
  const closing = published(1).map((seen) => gone(1, seen))
  const removed = gone(1, applied(1, 'upsert'))
  const subject = subjectOf('upsert', { replays: true })
  const said = (script: readonly Seen[]) => verdict('sink-equals-oracle', script, subject)

  test('leaves no row: one that never was is as good', () => {
    const first = [...published(0), ...closing]
    expect(said([...first, applied(0, 'upsert'), removed]).verdict).toBe('holds')
    expect(said(first).verdict).toBe('holds')
    expect(said([...first, applied(0, 'upsert')]).detail).toMatch(/is at version 1; .* be 0/)
  })
  test('an older state brings the row back, which is wrong', () => {
    const stale = [...published(0), ...closing, removed, applied(0, 'upsert')]
    expect(said(stale).detail).toMatch(/overwrote the row of user-1 .* with an older state/)
  })
  test('a later state of the key is a row again', () => {
    const third = published(2)
    const script = [...published(0), ...closing, ...third, removed, applied(2, 'upsert')]
    expect(said(script).verdict).toBe('holds')
  })
})
