// What monitors make of transactions, and of services that publish what follows.
import { describe, expect, test } from 'vitest'
import type { EffectKind, Place, Seen } from '../clients/types.ts'
import * as example from './_example.ts'
import { invariantsOf } from './index.ts'
import { judge } from './judge.ts'
import type { Subject } from './types.ts'

const { applied, committed, delivered, fact, place, published, rewound, stored, subjectOf } =
  example
const REST = { atRest: true, faults: { planned: 0, fired: 0 } }

function verdict(id: string, script: readonly Seen[], subject: Subject) {
  const bench = judge(invariantsOf([id]), subject)
  script.forEach((seen, i) => {
    bench.see([seen], i + 1)
  })
  return bench.verdicts(REST)[0]!
}

const written = (n: number, offset = n): Seen =>
  ({ ...stored(n, offset), transactional: true }) as Seen
const ends = (n: number, outcome: 'committed' | 'aborted', offset = n): Seen => ({
  kind: 'settled',
  actor: 'broker-0',
  message: fact(n),
  place: place(offset),
  outcome,
})
const readAt = (n: number, at: Place): Seen => ({ ...delivered(n), place: at }) as Seen

describe('sink-equals-oracle', () => {
  const of = (effect: EffectKind, script: readonly Seen[], group = {}) =>
    verdict('sink-equals-oracle', script, subjectOf(effect, group))

  test('what is written in a transaction is due once that is committed', () => {
    expect(of('charge', [...published(1), applied(1), written(0)]).verdict).toBe('holds')
    expect(of('charge', [written(0), ends(0, 'committed')])).toMatchObject({
      verdict: 'broken',
      detail: 'card has no row for e0.',
    })
    expect(of('charge', [written(0), ends(0, 'committed'), applied(0)]).verdict).toBe('holds')
  })
  test('what was aborted is not due, unless it is written again', () => {
    const aborted = [...published(1), applied(1), written(0), ends(0, 'aborted')]
    expect(of('charge', aborted).verdict).toBe('holds')
    const again = [...aborted, written(0, 5), ends(0, 'committed', 5)]
    expect(of('charge', again).verdict).toBe('broken')
    expect(of('charge', [...again, applied(0)]).verdict).toBe('holds')
  })
  test('an effect of what was aborted is a row too many, whatever the effect', () => {
    const aborted = [...published(0), written(1), ends(1, 'aborted')]
    expect(of('charge', [...aborted, applied(0), applied(1)])).toMatchObject({
      verdict: 'broken',
      messages: ['e1'],
      detail: 'card holds a row for e1, which was not committed.',
    })
    const both = (effect: EffectKind) =>
      of(effect, [...aborted, applied(0, effect), applied(1, effect)]).verdict
    const one = (effect: EffectKind) => of(effect, [...aborted, applied(0, effect)]).verdict
    for (const effect of ['count', 'decrement', 'upsert'] as const) {
      expect([effect, one(effect), both(effect)]).toEqual([effect, 'holds', 'broken'])
    }
  })
  test('a group that begins at the end owes what it was given, once it is committed', () => {
    const late = (script: readonly Seen[]) => of('charge', script, { hearsAll: false }).verdict
    const open = [...published(1), delivered(1), applied(1), written(0), delivered(0)]
    expect(late(open)).toBe('holds')
    expect(late([...open, ends(0, 'committed')])).toBe('broken')
    expect(late([...open, ends(0, 'committed'), applied(0)])).toBe('holds')
    expect(late([...open, ends(0, 'aborted')])).toBe('holds')
    // Read when it was aborted already: nothing is owed, and given later in another copy it is.
    const read = [...published(1), applied(1), delivered(1), written(0), ends(0, 'aborted')]
    expect(late([...read, delivered(0)])).toBe('holds')
    const copy = [...read, delivered(0), written(0, 5), ends(0, 'committed', 5)]
    expect(late(copy)).toBe('holds')
    expect(late([...copy, readAt(0, place(5))])).toBe('broken')
  })
  test('an open or aborted record of one lane or stream says nothing of another', () => {
    const elsewhere = { ...ends(0, 'aborted'), place: place(0, 1) } as Seen
    const late = subjectOf('charge', { hearsAll: false })
    const script = [...published(0), elsewhere, delivered(0)]
    expect(verdict('sink-equals-oracle', script, late).verdict).toBe('broken')
    expect(verdict('sink-equals-oracle', [...script, applied(0)], late).verdict).toBe('holds')
  })
})

describe('replay-rebuilds', () => {
  test('a replay owes no row for what was aborted, and must not make one', () => {
    const once = [...published(0), written(1), ends(1, 'aborted'), applied(0, 'upsert')]
    const upsert = subjectOf('upsert')
    const again = [...once, rewound(0), applied(0, 'upsert')]
    expect(verdict('replay-rebuilds', again, upsert).verdict).toBe('holds')
    expect(verdict('replay-rebuilds', [...again, applied(1, 'upsert')], upsert).verdict).toBe(
      'broken',
    )
    const kept = [...once, written(2), ends(2, 'committed'), rewound(0), applied(0, 'upsert')]
    expect(verdict('replay-rebuilds', kept, upsert).verdict).toBe('broken')
    expect(verdict('replay-rebuilds', [...kept, applied(2, 'upsert')], upsert).verdict).toBe(
      'holds',
    )
  })
})

describe('some-effect', () => {
  test('what was aborted is nothing to do', () => {
    const of = (script: readonly Seen[]) => verdict('some-effect', script, subjectOf()).verdict
    expect(of([written(0)])).toBe('not exercised')
    expect(of([written(0), ends(0, 'aborted')])).toBe('not exercised')
    expect(of([written(0), ends(0, 'committed')])).toBe('broken')
  })
})

describe('no-dirty-read', () => {
  const subject = subjectOf('charge', { readsCommitted: true })
  const of = (script: readonly Seen[]) => verdict('no-dirty-read', script, subject)
  test('tells a record that is open from one that was aborted', () => {
    expect(of([written(0), delivered(0)]).detail).toBe(
      'payments was handed e0, whose transaction is still open.',
    )
    expect(of([written(0), ends(0, 'aborted'), delivered(0)]).detail).toBe(
      'payments was handed e0, whose transaction was aborted.',
    )
  })
  test('the aborted copy is dirty, the committed one of the same fact is not', () => {
    const both = [written(0), ends(0, 'aborted'), written(0, 3), ends(0, 'committed', 3)]
    expect(of([...both, readAt(0, place(3))]).verdict).toBe('holds')
    expect(of([...both, readAt(0, place(0))]).verdict).toBe('broken')
  })
  test('the same offset of another lane or stream is another record', () => {
    const aborted = [written(0), ends(0, 'aborted')]
    expect(of([...aborted, readAt(0, place(0, 1))]).verdict).toBe('holds')
    expect(of([...aborted, readAt(0, { ...place(0), stream: 'invoices' })]).verdict).toBe('holds')
  })
  test('is told nothing of transactions where nothing is written in one, and keeps nothing', () => {
    const [invariant] = invariantsOf(['no-dirty-read'])
    const acc = invariant!.init(subject)
    for (let n = 0; n < 100; n++) {
      for (const seen of [stored(n), delivered(n)]) invariant!.step(acc, seen, n, subject)
    }
    expect(acc).toEqual({ outcomes: {}, written: 0, delivered: 1, violations: [] })
  })
})

describe('no-loss of a service that publishes', () => {
  const subjectWith = (more: Partial<NonNullable<Subject['publishers']>[number]> = {}): Subject => {
    const one = { id: 'payments', stream: 'orders', handles: [], hearsAll: true, firstN: 10 }
    return { groups: [], publishers: [{ ...one, ...more }] }
  }
  const of = (script: readonly Seen[], subject = subjectWith()) =>
    verdict('no-loss', script, subject)
  const follows: Place = { stream: 'invoices', lane: 0, offset: 0 }
  const followed = (kind: 'written' | 'stored'): Seen => {
    const seen = { kind: 'stored', actor: 'broker-0', message: fact(10), place: follows } as const
    return kind === 'written' ? { ...seen, transactional: true } : seen
  }
  const aborted = { ...ends(10, 'aborted'), message: fact(10), place: follows } as Seen
  const read = [...published(0), delivered(0)]

  test('an event that was read and committed must be followed by its own', () => {
    expect(of([...read, committed(1)])).toMatchObject({
      verdict: 'broken',
      messages: ['e0'],
      detail: 'e0 was acknowledged and payments never published what follows from it.',
    })
    expect(of([...read, followed('stored'), committed(1)]).verdict).toBe('holds')
  })
  test('before its offset is committed it is lag; what was aborted follows nothing', () => {
    expect(of([...read, committed(0)]).verdict).toBe('holds')
    expect(of([...read, followed('written'), aborted, committed(0)]).verdict).toBe('holds')
    expect(of([...read, followed('written'), aborted, committed(1)]).verdict).toBe('broken')
  })
  test('an effect of its own does not stand for it; being set aside does', () => {
    expect(of([...read, applied(0), committed(1)]).verdict).toBe('broken')
    const where = { actor: 'payments-0', group: 'payments', message: fact(0), place: place(0) }
    const dead = { ...where, kind: 'deadLettered' } as Seen
    expect(of([...read, dead, committed(1)]).verdict).toBe('holds')
  })
  test('it owes for the events that it acts upon, of those who publish to its stream', () => {
    const script = [...read, committed(1)]
    const { type, source } = fact(0)
    expect(of(script, subjectWith({ handles: [type] })).verdict).toBe('broken')
    expect(of(script, subjectWith({ handles: ['other'] })).verdict).toBe('holds')
    expect(of(script, subjectWith({ sources: [source] })).verdict).toBe('broken')
    expect(of(script, subjectWith({ sources: ['other'] })).verdict).toBe('holds')
  })
  test('beginning at the end it owes for what it was given', () => {
    const late = subjectWith({ hearsAll: false })
    expect(of([...published(0), committed(1)], late).verdict).toBe('not exercised')
    expect(of([...read, committed(1)], late).verdict).toBe('broken')
  })
  test('what another group commits or is given is not its own', () => {
    const other = (seen: Seen) => ({ ...seen, group: 'email' }) as Seen
    expect(of([...published(0), committed(0), other(committed(1))]).verdict).toBe('holds')
    const late = subjectWith({ hearsAll: false })
    expect(of([...published(0), other(delivered(0))], late).verdict).toBe('not exercised')
  })
  test('it and a fork of it do not feel each other', () => {
    const bench = judge(invariantsOf(['no-loss']), subjectWith())
    ;[...read, committed(0)].forEach((seen, i) => {
      bench.see([seen], i + 1)
    })
    bench.fork().see([committed(1)], 9)
    expect(bench.verdicts(REST)[0]!.verdict).toBe('holds')
  })
})
