// The reduction and its claims: a reduced search agrees with a full one on the verdict, the fewest faults and
// every state at rest; every claim makes diamonds at more than one bound; a wrong claim is caught.

import { describe, expect, test } from 'vitest'
import { compile } from '../engine/compile.ts'
import { toy } from '../engine/toy.fixture.ts'
import type { Rule, SystemSpec } from '../engine/types.ts'
import type { Watch } from '../engine/watch.ts'
import { type DiamondOptions, openDiamonds } from './diamonds.ts'
import { explore } from './explore.ts'
import {
  bookedOnce,
  REFERENCE_KINDS,
  type ReferenceOptions,
  reference,
} from './reference.fixture.ts'

/** The same system with other claims: `kind: Rule` -> claim. */
function claiming(
  spec: SystemSpec,
  claims: Readonly<Record<string, Rule['commutes']>>,
): SystemSpec {
  const kinds = new Map<unknown, SystemSpec['actors'][0]['kind']>()
  for (const { kind } of spec.actors) {
    const rules = kind.rules.map((rule): Rule => {
      const claim = claims[`${kind.name}: ${rule.name}`]
      return claim === undefined ? rule : { ...rule, commutes: claim }
    })
    kinds.set(kind, { ...kind, rules })
  }
  const actors = spec.actors.map((actor) => ({
    ...actor,
    kind: kinds.get(actor.kind) ?? actor.kind,
  }))
  return { ...spec, actors }
}

function searched(spec: SystemSpec, watch: Watch, faults: number, kinds: readonly string[]) {
  return [false, 0].map((reduceFrom) => {
    const rests = new Set<string>()
    const found = explore(compile(spec), watch, {
      bounds: { faults, kinds, maxStates: 1e6 },
      now: () => 0,
      reduceFrom: reduceFrom as 0 | false,
      onRest: (high, low) => rests.add(`${high},${low}`),
    })
    return { found, rests: [...rests].sort() }
  })
}

const small: readonly (readonly [ReferenceOptions, number])[] = [
  [{ senders: 1, items: 1, ledger: 'all' }, 0],
  [{ senders: 1, items: 1, ledger: 'all' }, 1],
  [{ senders: 1, items: 1, ledger: 'all' }, 2],
  [{ senders: 1, items: 3, ledger: 'all' }, 1],
  [{ senders: 2, items: 1, ledger: 'all' }, 1],
  [{ senders: 1, items: 2, ledger: 'last' }, 1],
  [{ senders: 2, items: 2, ledger: 'none' }, 0],
]

const LONG_MS = 120_000

describe.each(small)('%o with %i faults', (options, faults) => {
  test(
    'full and reduced agree on the verdict and on every state at rest',
    () => {
      const [full, reduced] = searched(reference(options), bookedOnce, faults, REFERENCE_KINDS)
      expect([full?.found.answer, full?.found.reduced]).toEqual(['holds within bounds', false])
      expect([reduced?.found.answer, reduced?.found.reduced]).toEqual(['holds within bounds', true])
      expect(reduced?.rests).toEqual(full?.rests)
      expect(reduced?.found.states).toBeLessThan((full?.found.states ?? 0) / 5)
    },
    LONG_MS,
  )
})

test('where something breaks, the reduced search says so and the full one shows it', () => {
  for (const [ledger, items] of [
    ['none', 2],
    ['last', 3],
  ] as const) {
    const [full, reduced] = searched(
      reference({ senders: 1, items, ledger }),
      bookedOnce,
      2,
      REFERENCE_KINDS,
    )
    const { answer, faults, script } = full?.found ?? {}
    expect(answer).toBe('counterexample')
    expect(reduced?.found).toMatchObject({ answer, faults, script, reduced: false })
  }
})

test('a reduced search begins by itself when a full one has grown large', () => {
  const system = compile(reference({ senders: 1, items: 2, ledger: 'all' }))
  const bounds = { faults: 1, kinds: REFERENCE_KINDS, maxStates: 1e6 }
  const found = explore(system, bookedOnce, { bounds, now: () => 0, reduceFrom: 5000 })
  expect(found).toMatchObject({ answer: 'holds within bounds', reduced: true })
  expect(found.states).toBeGreaterThan(5000)
  const few = explore(system, bookedOnce, { bounds: { ...bounds, maxStates: 3000 }, now: () => 0 })
  expect(few).toMatchObject({ answer: 'not exhausted', states: 3000 })
})

const checked = (spec: SystemSpec, more: Partial<DiamondOptions> = {}) =>
  openDiamonds(compile(spec), bookedOnce, {
    faults: 1,
    kinds: REFERENCE_KINDS,
    maxStates: 6000,
    ...more,
  })

describe('diamonds', () => {
  test.each([
    [{ senders: 1, items: 1, ledger: 'all' }, 2],
    [{ senders: 1, items: 3, ledger: 'last' }, 1],
    [{ senders: 2, items: 2, ledger: 'none' }, 1],
  ] as const)(
    'every claim of the reference system closes them: %o, %i faults',
    (options, faults) => {
      expect(checked(reference(options), { faults })).toEqual([])
    },
  )

  test.each([
    ['log: Append', 'log: Append'],
    ['clerk: NoteDone', 'clerk: HandOver'],
    ['worker: Hold', 'worker: Crash'],
    ['sender: HearWritten', 'sender: LoseAnswer'],
  ])('a wrong claim of %s is caught', (rule, other) => {
    const wrong = claiming(reference({ senders: 2, items: 2, ledger: 'all' }), { [rule]: true })
    const open = checked(wrong, { maxStates: 20_000 })
    expect(open.map((each) => each.rule)).toContain(rule)
    expect(open.map((each) => each.other)).toContain(other)
    expect(open.every((each) => each.actions.length === 2)).toBe(true)
  })

  test('a claim in peace need not close them with misfortunes, but with all else', () => {
    const spec = reference({ senders: 2, items: 2, ledger: 'all' })
    const peaceful = claiming(spec, {
      'log: Forget': 'in peace',
      'sender: HearWritten': 'in peace',
    })
    expect(checked(peaceful)).toEqual([])
    const open = checked(claiming(spec, { 'clerk: NoteDone': 'in peace' }), { maxStates: 20_000 })
    expect(open.map((each) => each.rule)).toEqual(expect.arrayContaining(['clerk: NoteDone']))
  })

  test('cuts are misfortunes too', () => {
    const kinds = ['cut-connection']
    const open = checked(reference({ senders: 1, items: 1, ledger: 'all' }), { kinds })
    expect(open.map((each) => each.other)).toContain('line: CutConnection')
  })

  test('what nobody claims is not checked, unless asked for', () => {
    const options = { faults: 1, maxStates: 2000 }
    const system = compile(toy(2, 2))
    expect(openDiamonds(system, bookedOnce, options)).toEqual([])
    const open = openDiamonds(system, bookedOnce, {
      ...options,
      claimOf: () => 'in peace' as const,
    })
    // What gets in each other's way is at hand together, and so the search sees it by itself.
    expect(open).toEqual([])
    const always = openDiamonds(system, bookedOnce, { ...options, claimOf: () => true as const })
    expect(always.map((each) => `${each.rule} | ${each.other}`)).toContain(
      'server: Serve | server: Refuse',
    )
  })
})

test('a wrong claim makes a reduced search miss states at rest: the comparison sees it', () => {
  const spec = reference({ senders: 2, items: 2, ledger: 'all' })
  const wrong = claiming(spec, { 'log: Append': true })
  const [full, reduced] = searched(wrong, bookedOnce, 0, [])
  expect(reduced?.rests.length).toBeLessThan(full?.rests.length ?? 0)
})

test('a wrong claim that hides a breach is seen by the verdict', () => {
  const spec = reference({ senders: 1, items: 3, ledger: 'last' })
  const wrong = claiming(spec, { 'ledger: Enter': true, 'worker: TakeOver': true })
  const [full, reduced] = searched(wrong, bookedOnce, 1, REFERENCE_KINDS)
  expect(full?.found.answer).toBe('counterexample')
  expect(reduced?.found.answer).toBe('holds within bounds')
})
