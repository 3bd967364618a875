// What would have prevented it: each other choice of the settings' tables, verified by a search. A choice prevents the
// breach if within the same bounds, in which the settings as they are break, nothing breaks with it; and if it breaks
// no other guarantee for it. The search itself is handed in.
import type { Action } from '../engine/types.ts'
import { build } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'
import { type Candidate, candidatesFor } from './candidates.ts'
import { witnessOf } from './witness.ts'

/** How far a search goes: so many misfortunes at most, of these kinds. */
export interface Limits {
  readonly faults: number
  readonly kinds: readonly string[]
}

export interface Searched {
  readonly answer: 'counterexample' | 'holds within bounds' | 'not exhausted'
  /** The scenario as it was searched, and a run of it that breaks. */
  readonly scenario: Scenario
  readonly script: readonly Action[] | null
  /** Kinds of misfortune in that run. */
  readonly story: readonly string[] | null
  readonly bounds: Limits
  readonly states: number
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
  /** How far it was searched, and how many states there were; null where it does not fit. */
  readonly bounds: Limits | null
  readonly states: number
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

/** The settings as they are, which break within the same bounds: told first, and of no path. */
const asItIs = (invariant: string, base: Searched): Prevention => ({
  of: '',
  title: 'as it is',
  path: '',
  value: null,
  because: '',
  verdict: 'fails',
  invariant,
  ...runOf(base),
})

const runOf = ({ bounds, states, scenario, script }: Searched) => ({
  bounds: { faults: bounds.faults, kinds: bounds.kinds },
  states,
  scenario,
  script,
})

const NO_RUN = { bounds: null, states: 0, scenario: null, script: null } as const
/** Where this is said, a run in which more happens may show it. */
export const NO_WITNESS =
  'nothing broke it, but no run was found in which the fault came and was absorbed'

function* verified(
  asked: Preventing,
  each: Candidate,
  story: readonly string[],
  kept: readonly string[],
): Generator<unknown, Prevention> {
  const { of, title, path, value, because, scenario } = each
  const { invariant, search } = asked
  const plain = { of, title, path, value, because, invariant }
  if (scenario === null) return { ...plain, ...NO_RUN, verdict: 'does not fit' }
  const found = yield* search(scenario, invariant)
  const run = { ...plain, ...runOf(found) }
  if (found.answer === 'counterexample') return { ...run, verdict: 'fails' }
  if (found.answer === 'not exhausted')
    return {
      ...run,
      verdict: 'not told',
      because: 'not exhausted: there is more than was looked at',
    }
  for (const other of kept) {
    const instead = yield* search(scenario, other)
    if (instead.answer === 'counterexample')
      return { ...plain, ...runOf(instead), verdict: 'costs', invariant: other }
  }
  const script = witnessOf(found.scenario, invariant, story)
  if (script === null) return { ...run, verdict: 'not told', because: NO_WITNESS }
  return { ...run, script, verdict: 'prevents' }
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
  told.push(asItIs(invariant, base))
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
