// Why was it broken? Answered from the run itself: of all that happened before the breach, the few steps without
// which it would not have come to pass; from where on nothing could save it; and how it goes without each misfortune.
// All of it is plain data, and comes piece by piece: who has heard enough asks no further.
import type { Envelope } from '../engine/types.ts'
import { type Asked, type Case, caseOf } from './case.ts'
import { causesIn, type Tried } from './causes.ts'
import type { Happening } from './history.ts'
import { type NoReturn, noReturn } from './no-return.ts'
import { type Without, withoutEach } from './without.ts'
import { inWords } from './words.ts'

export type { Asked, Clock } from './case.ts'
export type { NoReturn } from './no-return.ts'
export { NO_WITNESS, type Prevention, preventing, type Search } from './prevented.ts'
export type { Without } from './without.ts'

export interface WhyStep {
  /** Simulated milliseconds; null in a run without a clock. */
  readonly at: number | null
  /** Index in the run, from 1. */
  readonly step: number
  /** Id of an actor, or of a line. */
  readonly actor: string
  /** What it does, as a sentence without its subject. */
  readonly text: string
  /** What it took, and ids of the events that were seen in it. */
  readonly envelope: Envelope | null
  readonly events: readonly string[]
  /** Slug of the misfortune it is, or ''. */
  readonly fault: string
  /** Whether the guarantee is broken by this very step. */
  readonly isBreach: boolean
}

/** null: not known yet. */
export interface Why {
  /** The question that all the rest answers. */
  readonly title: string
  readonly steps: readonly WhyStep[] | null
  readonly noReturn: NoReturn | null
  readonly without: readonly Without[] | null
}

function eventsIn({ observations }: Happening): readonly string[] {
  const ids = observations.flatMap((seen) => {
    const { message } = seen as { message?: { id: string } }
    return message === undefined ? [] : [message.id]
  })
  return [...new Set(ids)]
}

function told(asked: Case, index: number): WhyStep {
  const step = asked.history.steps[index - 1] as Happening
  return {
    at: asked.clock?.timesMs[index - 1] ?? null,
    step: index,
    ...inWords(asked, step),
    envelope: step.envelope,
    events: eventsIn(step),
    fault: step.fault,
    isBreach: asked.atOnce && index === asked.violation.step,
  }
}

/** Passes on that work goes on, with what is known so far. */
function* during<T>(work: Generator<Tried, T>, known: Why): Generator<Why, T> {
  for (;;) {
    const next = work.next()
    if (next.done === true) return next.value
    yield known
  }
}

/** Yields again and again what is known so far; stop asking to cancel. Throws when the run is not that of the breach. */
export function* explaining(asked: Asked): Generator<Why, Why> {
  let known: Why = { title: asked.violation.question, steps: null, noReturn: null, without: null }
  yield known
  const opened = caseOf(asked)
  const causes = yield* during(causesIn(opened), known)
  known = { ...known, steps: causes.steps.map((step) => told(opened, step)) }
  yield known
  known = { ...known, without: yield* during(withoutEach(opened, causes.idle), known) }
  yield known
  return { ...known, noReturn: yield* during(noReturn(opened), known) }
}

/** All of it in one go. */
export function explain(asked: Asked): Why {
  const work = explaining(asked)
  for (;;) {
    const next = work.next()
    if (next.done === true) return next.value
  }
}
