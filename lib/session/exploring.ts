// A search of a scenario: cut down to its scope, begun when the groups have formed, one group at a time. The
// same for the command line, the page and tests.
import { type Explored, exploring, exploringStories } from '../drivers/explore.ts'
import type { Progress } from '../drivers/levels.ts'
import { PAUSE } from '../drivers/misfortune.ts'
import { spaceOf } from '../drivers/space.ts'
import { searchedKinds } from '../faults/index.ts'
import { invariantsOf } from '../invariants/index.ts'
import { watch } from '../invariants/judge.ts'
import { build } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'
import { cutTo, type Scope, separable } from './scope.ts'
import { beginningAt, type From } from './settled.ts'

/** What a learner asks: does this invariant hold, within these bounds? */
export interface Question {
  readonly invariant: string
  readonly scope: Scope
  readonly faults: number
  /** Without: every accident. */
  readonly kinds?: readonly string[]
  /** false: no pause, and no timer that fires though the durations say it cannot. */
  readonly unusualTiming?: boolean
  readonly maxStates: number
  readonly maxMb?: number
  /** Without: when the groups have formed. */
  readonly from?: From
  readonly exact?: boolean
  /** After how many states a reduced search begins; false: never. */
  readonly reduceFrom?: number | false
  /** For a search by several workers: whether it uses the reduction. One alone decides by itself. */
  readonly reduced?: boolean
  /** One least counterexample for each kind of fault story, not only the least of all. */
  readonly stories?: boolean
}

/** An answer, and the scenario that was searched: the script replays in it, and in the whole one too. */
export interface Answer extends Explored {
  readonly scenario: Scenario
  readonly from: From
  /** What was cut. */
  readonly cut: readonly string[]
  /** How many of the script's first steps only lead to where the search began. */
  readonly lead: number
}

export interface Asking {
  readonly now: () => number
  readonly goOn?: (progress: Progress) => boolean
  /** Told of each state at rest: its fingerprint. */
  readonly onRest?: (high: number, low: number) => void
}

export function kindsOf({
  kinds = searchedKinds,
  unusualTiming = true,
}: Question): readonly string[] {
  return unusualTiming ? kinds : kinds.filter((kind) => kind !== PAUSE)
}

/** One group, or groups that write to one sink. */
function* oneScope(
  whole: Scenario,
  question: Question,
  scope: Scope,
  asking: Asking,
): Generator<Progress, readonly Answer[]> {
  const { scenario, said } = cutTo(whole, scope)
  const { system, subject } = build(scenario)
  const wanted = question.from ?? 'settled'
  const beginning = beginningAt(wanted, scenario, system)
  const [invariant] = invariantsOf([question.invariant])
  if (invariant === undefined) return []
  const { faults, maxStates, maxMb = 1024, exact = false } = question
  const kinds = kindsOf(question)
  const options = {
    ...asking,
    bounds: { faults, maxStates, maxMb, kinds },
    exact,
    ...(question.reduceFrom === undefined ? {} : { reduceFrom: question.reduceFrom }),
    space: spaceOf(system, { from: beginning?.world, kinds }),
    prefix: beginning?.script ?? [],
  }
  const watched = watch(invariant, subject, beginning?.seen)
  const found =
    question.stories === true
      ? yield* exploringStories(system, watched, options)
      : [yield* exploring(system, watched, options)]
  const from = beginning === null ? 'start' : wanted
  const lead = options.prefix.length
  return found.map((each) => ({ ...each, scenario, from, cut: said, lead }))
}

/** The worse of two answers about two groups; what was looked at is added up. */
export function worse(a: Answer, b: Answer): Answer {
  const rank = { counterexample: 2, 'not exhausted': 1, 'holds within bounds': 0 } as const
  const first = rank[b.answer] > rank[a.answer] ? b : a
  const ms = a.ms + b.ms
  const states = a.states + b.states
  const statesPerSecond = Math.round((states / Math.max(ms, 1)) * 1000)
  return { ...first, ms, states, statesPerSecond, transitions: a.transitions + b.transitions }
}

/** Searches group after group, up to the first that breaks; the scope names the services, or all are taken. */
export function* asking(
  whole: Scenario,
  question: Question,
  how: Asking,
): Generator<Progress, readonly Answer[]> {
  const wanted = question.scope.services
  const parts = separable(whole).filter(
    (part) => wanted === undefined || part.some((id) => wanted.includes(id)),
  )
  let held: Answer | null = null
  for (const services of parts) {
    const answers = yield* oneScope(whole, question, { ...question.scope, services }, how)
    const [first, ...more] = answers
    if (first === undefined) continue
    held = held === null ? first : worse(held, first)
    if (held.answer === 'counterexample') return [held, ...more]
  }
  return held === null ? [] : [held]
}

/** The same in one go. */
export const ask = (whole: Scenario, question: Question, how: Asking): readonly Answer[] =>
  ended(asking(whole, question, how))

/** What a search comes to when nobody looks on. */
export function ended<Answers>(search: Generator<Progress, Answers>): Answers {
  for (;;) {
    const next = search.next()
    if (next.done === true) return next.value
  }
}
