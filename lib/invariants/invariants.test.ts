// The contract of the catalogue, over every entry, and the cases each invariant is easily wrong about.
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Seen } from '../clients/types.ts'
import * as example from './_example.ts'
import { skeleton } from './_skeleton.ts'
import { type AnyInvariant, invariants, invariantsOf } from './index.ts'
import { judge } from './judge.ts'
import type { Subject } from './types.ts'

const { acknowledged, applied, assigned, committed, delivered, fact, handled, place } = example
const { published, rewound, sent, stored, subjectOf } = example
const REST = { atRest: true, faults: { planned: 0, fired: 0 } }

function verdict(id: string, script: readonly Seen[], subject: Subject = subjectOf(), at = REST) {
  const bench = judge(invariantsOf([id]), subject)
  script.forEach((seen, i) => {
    bench.see([seen], i + 1)
  })
  return bench.verdicts(at)[0]!
}

function fold(invariant: AnyInvariant, script: readonly Seen[]) {
  const acc = invariant.init(invariant.example)
  script.forEach((seen, i) => {
    if (invariant.reads.includes(seen.kind)) invariant.step(acc, seen, i + 1, invariant.example)
  })
  return acc
}

test('every file of the catalogue is listed, under its own name', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((name) => !name.startsWith('_') && !name.endsWith('.test.ts'))
    .map((name) => name.replace('.ts', ''))
    .filter((name) => !['index', 'types', 'judge'].includes(name))
  expect(invariants.map((invariant) => invariant.id).sort()).toEqual(files.sort())
  expect(() => invariantsOf(['no-such-thing'])).toThrow('there is no invariant no-such-thing')
})

describe.each([...invariants, skeleton as AnyInvariant].map((each) => [each.id, each] as const))(
  '%s',
  (_id, invariant) => {
    const judged = (script: readonly Seen[], at = REST) => {
      const bench = judge([invariant], invariant.example)
      script.forEach((seen, i) => {
        bench.see([seen], i + 1)
      })
      return bench.verdicts(at)[0]!
    }

    test('its script that keeps it ends in holds, its script that breaks it in broken', () => {
      expect(judged(invariant.keeps)).toMatchObject({ verdict: 'holds', step: null })
      const broken = judged(invariant.breaks)
      expect(broken.verdict).toBe('broken')
      expect(broken.step).toBeGreaterThan(0)
      expect(broken.detail).toMatch(/^.{10,}\.$/)
      expect(broken.noun).toMatch(/^\d+ /)
    })

    test('a breach is asked about in one question, in which nothing is left to fill in', () => {
      for (const { question } of judged(invariant.breaks).violations) {
        expect(question).toMatch(/^Why .+[^ ?]\?$/)
        expect(question).not.toMatch(/undefined|null|NaN|\$\{/)
      }
    })

    test('holds only at rest, and only when it was put to the test', () => {
      expect(judged(invariant.keeps, { ...REST, atRest: false }).verdict).toBe('holds so far')
      expect(judged([]).verdict).toBe('not exercised')
      expect(
        judged(invariant.keeps, { atRest: true, faults: { planned: 1, fired: 0 } }),
      ).toMatchObject({ verdict: 'not exercised', detail: 'a fault did not fire' })
    })

    test('its accumulator is plain JSON, and the same script makes the same one', () => {
      for (const script of [invariant.keeps, invariant.breaks]) {
        const acc = fold(invariant, script)
        expect(JSON.parse(JSON.stringify(acc))).toStrictEqual(acc)
        expect(JSON.stringify(fold(invariant, script))).toBe(JSON.stringify(acc))
      }
    })

    test('a copy and its original do not feel each other', () => {
      for (const script of [invariant.keeps, invariant.breaks]) {
        for (let cut = 0; cut <= script.length; cut++) {
          const acc = fold(invariant, script.slice(0, cut))
          const before = JSON.stringify(acc)
          const copy = invariant.copy(acc)
          expect(JSON.stringify(copy)).toBe(before)
          for (const seen of [...script.slice(cut), ...invariant.breaks, ...invariant.keeps]) {
            if (invariant.reads.includes(seen.kind))
              invariant.step(copy, seen, 9, invariant.example)
          }
          expect(JSON.stringify(acc)).toBe(before)
        }
      }
    })

    test('reads what it says: without a kind that its scripts show, it sees something else', () => {
      const late = invariant.example.groups.map((group) => ({ ...group, hearsAll: false }))
      const subjects = [invariant.example, { groups: late }]
      const scripts = [invariant.keeps, invariant.breaks]
      const shown = invariant.reads.filter((kind) =>
        scripts.flat().some((seen) => seen.kind === kind),
      )
      for (const kind of shown) {
        const others = { ...invariant, reads: invariant.reads.filter((each) => each !== kind) }
        const differ = subjects.some((example) =>
          scripts.some(
            (script) =>
              JSON.stringify(fold({ ...others, example }, script)) !==
              JSON.stringify(fold({ ...invariant, example }, script)),
          ),
        )
        expect([kind, differ]).toEqual([kind, true])
      }
    })
  },
)

describe('no-duplicate-effect', () => {
  test('a message sent again under a new id is the same fact', () => {
    const again: Seen = { ...applied(0), message: { ...fact(0), id: 'e0-again' } } as Seen
    expect(verdict('no-duplicate-effect', [applied(0), again])).toMatchObject({
      verdict: 'broken',
      step: 2,
      noun: '1 duplicate',
      messages: ['e0-again'],
    })
  })
  test('two groups may each apply it once; an upsert may land twice', () => {
    const other = { ...applied(0), group: 'email' } as Seen
    const one = subjectOf().groups[0]!
    const two = { groups: [one, { ...one, id: 'email', sink: 'mail' }] }
    expect(verdict('no-duplicate-effect', [applied(0), other], two).verdict).toBe('holds')
    const upsert = subjectOf('upsert')
    const twice = [applied(0, 'upsert'), applied(0, 'upsert')]
    expect(verdict('no-duplicate-effect', twice, upsert).verdict).toBe('not exercised')
  })
})

describe('per-key-order', () => {
  test('first effects count: 1 2 1 2 is in order, 2 1 is not, 1 3 is', () => {
    const of = (...facts: number[]) =>
      verdict(
        'per-key-order',
        facts.map((n) => applied(n)),
      ).verdict
    expect(of(0, 1, 0, 1)).toBe('holds')
    expect(of(1, 0)).toBe('broken')
    expect(of(0, 2)).toBe('holds')
    expect(of(0, 2, 1)).toBe('broken')
    expect(of(0)).toBe('not exercised')
  })
  test('different keys may overtake each other; without a key the subject is the key', () => {
    const keyed = (n: number, key: string | null, subject: string): Seen =>
      ({ ...applied(n), message: { ...fact(n, key), subject } }) as Seen
    const apart = [keyed(1, 'a', 's'), keyed(0, 'b', 's'), keyed(2, 'a', 's')]
    expect(verdict('per-key-order', apart).verdict).toBe('holds')
    const keyless = [keyed(1, null, 's'), keyed(0, null, 's')]
    expect(verdict('per-key-order', keyless).verdict).toBe('broken')
  })
  test('what is not promised is not broken', () => {
    const subject = subjectOf('charge', { orderPromised: false })
    expect(verdict('per-key-order', [applied(1), applied(0)], subject).verdict).toBe('not promised')
  })
})

describe('no-loss', () => {
  test('lag is not loss: the committed offset has not passed it', () => {
    expect(verdict('no-loss', [...published(0), committed(0)]).verdict).toBe('holds')
    expect(verdict('no-loss', [...published(0), committed(1)])).toMatchObject({
      verdict: 'broken',
      noun: '1 lost',
      messages: ['e0'],
      step: 4,
    })
  })
  test('judged at rest only', () => {
    const script = [...published(0), committed(1)]
    const moving = { atRest: false, faults: { planned: 0, fired: 0 } }
    expect(verdict('no-loss', script, subjectOf(), moving).verdict).toBe('holds so far')
  })
  test('what was never confirmed may be missing, what was confirmed without an offset may not', () => {
    expect(
      verdict('no-loss', [...published(1), ...handled(1), sent(0), committed(2)]).verdict,
    ).toBe('holds')
    const blind = { ...acknowledged(0), place: null } as Seen
    expect(verdict('no-loss', [sent(0), blind]).verdict).toBe('broken')
  })
  test('dead-lettered and skipped are accounted for; seen and skipped is not', () => {
    const base = [...published(0), committed(1)]
    const where = { actor: 'payments-0', group: 'payments', message: fact(0), place: place(0) }
    const set = (kind: 'deadLettered' | 'archived' | 'skipped') =>
      ({ ...where, kind, reason: 'poison' }) as unknown as Seen
    expect(verdict('no-loss', [...base, set('deadLettered')]).verdict).toBe('holds')
    expect(verdict('no-loss', [...base, set('archived')]).verdict).toBe('holds')
    expect(verdict('no-loss', [...base, set('skipped')]).verdict).toBe('holds')
    const skip = (reason: string): Seen => ({
      kind: 'effectSkipped',
      actor: 'payments-0',
      group: 'payments',
      by: 'payments-0',
      sink: 'card',
      message: fact(0),
      reason,
    })
    expect(verdict('no-loss', [...base, skip('dedup table')]).verdict).toBe('broken')
    const guarded = [...base, skip('version guard')]
    expect(verdict('no-loss', guarded, subjectOf('upsert')).verdict).toBe('holds')
    // A decrement that was refused is contained in no later one: the stock is one short.
    expect(verdict('no-loss', guarded, subjectOf('decrement')).verdict).toBe('broken')
  })
  test('a group that begins at the end answers for what it was given', () => {
    const late = subjectOf('charge', { hearsAll: false })
    const passed = [...published(0), committed(1)]
    expect(verdict('no-loss', passed, late).verdict).toBe('not exercised')
    const given = [...published(0), ...published(1), delivered(1), committed(2)]
    expect(verdict('no-loss', given, late)).toMatchObject({
      verdict: 'broken',
      messages: [fact(1).id],
    })
  })
  test("a second copy ahead, or one in the group's own retry stream, is lag", () => {
    expect(verdict('no-loss', [...published(0), stored(0, 7), committed(1)]).verdict).toBe('holds')
    const retry = { ...stored(0), place: { stream: 'retry', lane: 0, offset: 0 } } as Seen
    const base = [...published(0), committed(1), retry]
    expect(verdict('no-loss', base).verdict).toBe('broken')
    const hears = { ...assigned(1, 'payments-0'), owners: { 'retry/0': 'payments-0' } } as Seen
    expect(verdict('no-loss', [...base, hears]).verdict).toBe('holds')
  })
})

describe('where a lane is cut off', () => {
  const elected = (offset: number): Seen => {
    const place = { stream: 'orders', lane: 0, offset }
    return { kind: 'elected', actor: 'broker-1', ...place, epoch: 1 }
  }
  const truncated = (offset: number, ...ns: number[]): Seen => {
    const place = { stream: 'orders', lane: 0, offset }
    return { kind: 'truncated', actor: 'broker-0', ...place, messages: ns.map((n) => fact(n)) }
  }
  const two = [assigned(1, 'payments-0'), ...published(0), ...published(1)]

  test('what stood beyond the end of the next leader’s log is lost, not stuck', () => {
    const script = [...two, elected(1), ...handled(0)]
    expect(verdict('no-loss', script)).toMatchObject({ verdict: 'broken', messages: ['e1'] })
    expect(verdict('no-stuck-message', script).verdict).toBe('holds')
  })
  test('of what a former leader took alone, that very copy is lost', () => {
    const script = [...two, elected(1), stored(2, 1), ...handled(0), truncated(1, 1)]
    expect(verdict('no-loss', script).messages).toEqual(['e1'])
    const kept = [...two, stored(1, 4), truncated(4, 1), ...handled(0)]
    expect(verdict('no-loss', kept).verdict).toBe('holds')
  })
  test('another lane, and what stands before, are as they were', () => {
    expect(verdict('no-loss', [...two, elected(2), ...handled(0)]).verdict).toBe('holds')
    const other = { ...elected(0), lane: 1 } as Seen
    expect(verdict('no-loss', [...two, other, ...handled(0)]).verdict).toBe('holds')
  })
  test('what a living group cannot read is stuck; a group without members lags', () => {
    const script = [...two, ...handled(0)]
    expect(verdict('no-stuck-message', script)).toMatchObject({
      verdict: 'broken',
      messages: ['e1'],
    })
    const nobody = { ...assigned(2, ''), owners: {} } as Seen
    expect(verdict('no-stuck-message', [...script, nobody]).verdict).toBe('not exercised')
    const late = subjectOf('charge', { hearsAll: false })
    expect(verdict('no-stuck-message', script, late).verdict).toBe('not exercised')
  })
  test('what was stored and never acknowledged is nobody’s promise', () => {
    const script = [assigned(1, 'payments-0'), ...published(0), stored(1), ...handled(0)]
    expect(verdict('no-stuck-message', script).verdict).toBe('holds')
  })
})

describe('sink-equals-oracle', () => {
  test('a missing row, a row too many, a wrong count', () => {
    const charge = (...facts: number[]) =>
      verdict('sink-equals-oracle', [
        ...published(0),
        ...published(1),
        ...facts.map((n) => applied(n)),
      ])
    expect(charge(0, 1).verdict).toBe('holds')
    expect(charge(0)).toMatchObject({ verdict: 'broken', detail: 'card has no row for e1.' })
    expect(charge(0, 1, 1)).toMatchObject({ verdict: 'broken', step: 9, noun: '1 wrong row' })
    const counts = [...published(0), applied(0, 'count'), applied(0, 'count')]
    expect(verdict('sink-equals-oracle', counts, subjectOf('count'))).toMatchObject({
      verdict: 'broken',
      detail: 'OrderCreated in card has had 2; it should be 1.',
    })
  })
  test('stored twice in the log is still one fact', () => {
    const twice = [...published(0), stored(0, 1), applied(0)]
    expect(verdict('sink-equals-oracle', twice).verdict).toBe('holds')
    expect(verdict('sink-equals-oracle', [...twice, applied(0)]).verdict).toBe('broken')
  })
  test('an upsert equal to the row is harmless, an older one is a stale overwrite', () => {
    const upsert = (...facts: number[]) =>
      verdict(
        'sink-equals-oracle',
        [...published(0), ...published(1), ...facts.map((n) => applied(n, 'upsert'))],
        subjectOf('upsert'),
      ).verdict
    expect(upsert(0, 1)).toBe('holds')
    expect(upsert(0, 1, 1)).toBe('holds')
    expect(upsert(1)).toBe('holds')
    expect(upsert(1, 0)).toBe('broken')
    expect(upsert(0, 1, 0, 1)).toBe('broken')
    expect(upsert(0)).toBe('broken')
  })
  test('a group that begins at the end answers for what it was given', () => {
    const late = subjectOf('charge', { hearsAll: false })
    const script = [...published(0), ...published(1), delivered(1)]
    expect(verdict('sink-equals-oracle', [...script, applied(1)], late).verdict).toBe('holds')
    expect(verdict('sink-equals-oracle', script, late).verdict).toBe('broken')
  })
})

describe('no-fenced-effect', () => {
  const removed = (member: string): Seen => ({
    kind: 'memberRemoved',
    actor: 'coordinator-0',
    group: 'payments',
    member,
    reason: 'session expired',
  })
  test('an evicted member owns nothing until it is given something again', () => {
    const script = [assigned(1, 'payments-0'), removed('payments-0')]
    expect(verdict('no-fenced-effect', [...script, applied(0)])).toMatchObject({
      verdict: 'broken',
      detail: 'payments-0 applied e0 from orders/0, which was no longer its own.',
    })
    const again = [...script, assigned(2, 'payments-0'), applied(0)]
    expect(verdict('no-fenced-effect', again).verdict).toBe('holds')
  })
  test('before anybody was given the lane nobody is fenced', () => {
    expect(verdict('no-fenced-effect', [applied(0)]).verdict).toBe('not exercised')
  })
})

describe('replay-rebuilds', () => {
  test('says nothing without a replay; a charge cannot be replayed, an upsert can', () => {
    const twice = [...published(0), ...handled(0), ...handled(0)]
    expect(verdict('replay-rebuilds', twice).verdict).toBe('not exercised')
    expect(verdict('replay-rebuilds', [...twice, rewound(0)]).verdict).toBe('broken')
    const upserts = [...published(0), ...handled(0, 'upsert'), rewound(0), ...handled(0, 'upsert')]
    expect(verdict('replay-rebuilds', upserts, subjectOf('upsert')).verdict).toBe('holds')
  })
  test('a group added to rebuild is judged by itself', () => {
    const added = subjectOf('charge', { replays: true })
    expect(verdict('replay-rebuilds', [...published(0), applied(0)], added).verdict).toBe('holds')
    expect(verdict('replay-rebuilds', published(0), added).verdict).toBe('broken')
  })
})

describe('a group that acts upon some event types only', () => {
  const some = subjectOf('charge', { handles: ['PaymentReceived'] })
  // Fact 0 is an OrderCreated, fact 1 a PaymentReceived.
  const script = [...published(0), ...published(1), delivered(0), delivered(1)]
  test('owes nothing for the others', () => {
    const done = [...script, applied(1), committed(2)]
    for (const id of ['no-loss', 'sink-equals-oracle', 'some-effect']) {
      expect([id, verdict(id, done, some).verdict]).toEqual([id, 'holds'])
      expect([id, verdict(id, [...script, committed(2)], some).verdict]).toEqual([id, 'broken'])
    }
  })
  test('and late or not, answers for what it was given of its own', () => {
    const late = { groups: some.groups.map((group) => ({ ...group, hearsAll: false })) }
    expect(verdict('sink-equals-oracle', [...script, applied(1)], late).verdict).toBe('holds')
    expect(verdict('sink-equals-oracle', script, late).verdict).toBe('broken')
    expect(verdict('some-effect', [...published(0), delivered(0)], late).verdict).toBe(
      'not exercised',
    )
  })
})

test('a fork goes on by itself', () => {
  const bench = judge(invariants, subjectOf())
  bench.see([...published(0), ...handled(0)], 1)
  const fork = bench.fork()
  fork.see([applied(0)], 2)
  expect(fork.breaches()).toBe(2)
  expect(bench.breaches()).toBe(0)
  expect(bench.verdicts(REST).every((each) => each.verdict !== 'broken')).toBe(true)
})
