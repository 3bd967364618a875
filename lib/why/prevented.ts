// What would have prevented it: each other choice of the settings' tables, verified by a search. A choice prevents the
// breach if within the same bounds, in which the settings as they are break, nothing breaks with it; and if it breaks
// no other guarantee for it. The search itself is handed in.
import type { Action } from '../engine/types.ts'
import { build } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'
import { type Candidate, candidatesFor } from './candidates.ts'
import { witnessOf } from './witness.ts'

export interface Searched {
  readonly answer: 'counterexample' | 'holds within bounds' | 'not exhausted'
  /** The scenario as it was searched, and a run of it that breaks. */
  readonly scenario: Scenario
  readonly script: readonly Action[] | null
  /** Kinds of misfortune in that run. */
  readonly story: readonly string[] | null
}
export type Search = (scenario: Scenario, invariant: string) => Generator<unknown, Searched>

export interface Prevention extends Pick<Candidate, 'of' | 'title' | 'path' | 'value'> {
  /**
   * 'prevents': held within the bounds, and there is a run in which the misfortune happened and was absorbed. 'costs':
   * it does, and breaks another guarantee. 'fails': there is a run that breaks all the same. 'does not fit': it cannot
   * be chosen here. 'not told': the bounds were reached, or no such run was found.
   */
  readonly verdict: 'prevents' | 'costs' | 'fails' | 'does not fit' | 'not told'
  readonly because: string
  /** Which guarantee the run breaks or keeps; the run, and the scenario to play it in. */
  readonly invariant: string
  readonly scenario: Scenario | null
  readonly script: readonly Action[] | null
}

export interface Preventing {
  readonly scenario: Scenario
  readonly invariant: string
  /** Other guarantees that are not to be broken for it. */
  readonly others: readonly string[]
  readonly services: readonly string[]
  readonly search: Search
}

function* verified(
  asked: Preventing,
  each: Candidate,
  story: readonly string[],
  kept: readonly string[],
): Generator<unknown, Prevention> {
  const { of, title, path, value, because, scenario } = each
  const { invariant, search } = asked
  const plain = { of, title, path, value, because, invariant, scenario: null, script: null }
  if (scenario === null) return { ...plain, verdict: 'does not fit' }
  const found = yield* search(scenario, invariant)
  const run = { ...plain, scenario: found.scenario, script: found.script }
  if (found.answer === 'counterexample') return { ...run, verdict: 'fails' }
  if (found.answer === 'not exhausted') return { ...run, verdict: 'not told' }
  for (const other of kept) {
    const instead = yield* search(scenario, other)
    const { answer, script } = instead
    if (answer !== 'counterexample') continue
    return { ...run, verdict: 'costs', invariant: other, scenario: instead.scenario, script }
  }
  const script = witnessOf(found.scenario, invariant, story)
  return { ...run, script, verdict: script === null ? 'not told' : 'prevents' }
}

/** Yields what is known so far. Nothing, where not even the settings as they are break within the bounds. */
export function* preventing(
  asked: Preventing,
): Generator<readonly Prevention[], readonly Prevention[]> {
  const { scenario, invariant, others, services, search } = asked
  const told: Prevention[] = []
  const during = function* <T>(work: Generator<unknown, T>): Generator<readonly Prevention[], T> {
    for (;;) {
      const next = work.next()
      if (next.done === true) return next.value
      yield told
    }
  }
  const base = yield* during(search(scenario, invariant))
  if (base.answer !== 'counterexample') return []
  const kept: string[] = []
  for (const other of others) {
    const { answer } = yield* during(search(scenario, other))
    if (answer === 'holds within bounds') kept.push(other)
  }
  for (const each of candidatesFor(scenario, build(scenario), services)) {
    told.push(yield* during(verified(asked, each, base.story ?? [], kept)))
    yield [...told]
  }
  return told
}
