// "Remove this fault and it holds": for each misfortune that the breach needs, the run without it.
import type { Case } from './case.ts'
import type { Tried } from './causes.ts'
import { type Broken, brokenAtRest, brokenInRun } from './doubt.ts'

export interface Without {
  /** The step that is left out, and the slug of its misfortune. */
  readonly step: number
  readonly fault: string
  /** 'not this': this breach does not come about, others of the same guarantee do. */
  readonly verdict: 'holds' | 'not this' | 'broken' | 'no rest'
  /** In how many orders of steps; a run by a clock has one. */
  readonly tried: number
}

const ORDERS = [undefined, 'order 1', 'order 2', 'order 3', 'order 4'] as const

function verdictOf(asked: Case, found: readonly Broken[]): Without['verdict'] {
  if (found.some(({ times }) => times >= asked.times)) return 'broken'
  return found.some(({ all }) => all > 0) ? 'not this' : 'holds'
}

function withoutOne(asked: Case, step: number): Pick<Without, 'verdict' | 'tried'> {
  const out = new Set([step])
  if (asked.clock !== null) {
    const run = asked.clock.without(out)
    if (run === null) return { verdict: 'no rest', tried: 1 }
    return { verdict: verdictOf(asked, [brokenInRun(asked, run)]), tried: 1 }
  }
  const found = ORDERS.map((seed) =>
    brokenAtRest(asked, { script: asked.actions, out, ...(seed === undefined ? {} : { seed }) }),
  )
  return { verdict: verdictOf(asked, found), tried: ORDERS.length }
}

export function* withoutEach(
  asked: Case,
  idle: ReadonlySet<number>,
): Generator<Tried, readonly Without[]> {
  const told: Without[] = []
  for (const { index: step, fault } of asked.history.steps) {
    if (fault === '' || idle.has(step)) continue
    told.push({ step, fault, ...withoutOne(asked, step) })
    yield { runs: told.length }
  }
  return told
}
