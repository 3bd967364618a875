// Of all that a breach follows from, the few steps without which it would not have come to pass.
import type { Case } from './case.ts'
import { brokenInRun, NOTHING, timesAtOnce, timesAtRest } from './doubt.ts'
import type { Happening } from './history.ts'
import { salience, TELLING } from './salience.ts'

/** No more than a person takes in at once (LOOK.md, causal step). */
export const MOST_CAUSES = 7

export interface Causes {
  /** Indices of steps, ascending. Each is an ancestor of the violation, and none can be left out. */
  readonly steps: readonly number[]
  /**
   * Misfortunes that the breach does without: with all of these left out it comes about all the same. What is
   * shown is needed then.
   */
  readonly idle: ReadonlySet<number>
}

/** Told after each run that was done again: how many so far. */
export interface Tried {
  readonly runs: number
}

/**
 * Misfortunes that the breach does without, all together. Those that it does not even follow from are tried
 * first, then the latest, so that what is kept is what it began with.
 */
function* idleFaults(asked: Case): Generator<Tried, ReadonlySet<number>> {
  const { history, ancestors } = asked
  const faults = history.steps.filter((step) => step.fault !== '').map((step) => step.index)
  const isOutside = (index: number) => (ancestors.has(index) ? 1 : 0)
  const order = faults.sort((a, b) => isOutside(a) - isOutside(b) || b - a)
  let idle: ReadonlySet<number> = new Set()
  for (const [runs, fault] of order.entries()) {
    const more = new Set([...idle, fault])
    if (breaksWithout(asked, more)) idle = more
    yield { runs: runs + 1 }
  }
  return idle
}

/** A run by a clock is run again by it; another is done again as far as it can be, and comes to rest. */
export function breaksWithout(asked: Case, faults: ReadonlySet<number>): boolean {
  const { clock, actions, times } = asked
  if (clock === null) return timesAtRest(asked, { script: actions, out: faults }) >= times
  const run = clock.without(faults)
  return run !== null && brokenInRun(asked, run).times >= times
}

/**
 * Whether the breach comes about all the same when a step is left out for good. The idle misfortunes are away too:
 * one of two that each suffice would else excuse the other. Without a misfortune the whole run is run again; without
 * an ordinary step what is left of it is looked at, up to the breach where that is seen at once, else to its rest; and
 * it has to come about in whichever way an envelope is left out.
 */
export function isRemovable(asked: Case, idle: ReadonlySet<number>, step: number): boolean {
  if (asked.history.steps[step - 1]?.fault !== '')
    return breaksWithout(asked, new Set([...idle, step]))
  const out = new Set([...(asked.atOnce ? [] : idle), step])
  const times = asked.atOnce ? timesAtOnce : timesAtRest
  return WAYS.every((way) => times(asked, { script: asked.actions, out, way }) >= asked.times)
}

const WAYS = ['gone', 'untaken'] as const

/** Misfortunes that can be away while others are looked at; none, where an order of steps without a clock is kinder. */
export function* spared(
  asked: Case,
  idle: ReadonlySet<number>,
): Generator<Tried, ReadonlySet<number>> {
  yield { runs: 1 }
  return timesAtRest(asked, { script: asked.actions, out: idle }) >= asked.times ? idle : NOTHING
}

/** The weightiest causes that cannot be left out; among equals the later ones, which are nearer to the breach. */
export function* causesIn(asked: Case): Generator<Tried, Causes> {
  const { history, concern, ancestors, violation, atOnce } = asked
  const idle = yield* idleFaults(asked)
  const kind = yield* spared(asked, idle)
  const breach = atOnce ? (history.steps[violation.step - 1] as Happening) : null
  const weighed = history.steps
    .filter((step) => ancestors.has(step.index) && !idle.has(step.index) && step !== breach)
    .map((step) => ({ step, weight: salience(step, concern) }))
    .filter(({ weight }) => weight >= TELLING)
    .sort((a, b) => b.weight - a.weight || b.step.index - a.step.index)
  const chosen = breach === null ? [] : [breach.index]
  for (const [runs, { step }] of weighed.entries()) {
    if (chosen.length === MOST_CAUSES) break
    const away = step.fault === '' ? kind : idle
    if (!isRemovable(asked, away, step.index)) chosen.push(step.index)
    yield { runs: runs + 1 }
  }
  return { steps: chosen.sort((a, b) => a - b), idle }
}
