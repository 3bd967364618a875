// The point of no return: the first step from which nothing ordinary saves the guarantee any more.
import type { Seen } from '../clients/types.ts'
import { exploring } from '../drivers/explore.ts'
import { spaceOf } from '../drivers/space.ts'
import type { Watch } from '../engine/watch.ts'
import type { Violation } from '../invariants/types.ts'
import type { Case } from './case.ts'
import type { Tried } from './causes.ts'
import { messageIn } from './concern.ts'
import { isSame, reached, timesAtRest } from './doubt.ts'

export interface NoReturn {
  /** After this step (counted from 1) all that can still happen of itself ends in the breach; 0: from the start. */
  readonly step: number
  /** Whether every way on was looked at. Else so many were tried, and it could not be told of the others. */
  readonly isProven: boolean
  readonly tried: number
}

/** Ways on that are tried before all are looked at, and how many states a look may take. */
const TRIES = 12
const MOST_STATES = 8_000

type Fate = 'saved' | 'doomed' | 'seems doomed'

/** Whether some ways on, each in an order of its own, all end in the breach. */
function* seemsDoomed(asked: Case, steps: number): Generator<Tried, boolean> {
  const script = asked.actions.slice(0, steps)
  for (let way = 0; way < TRIES; way++) {
    if (timesAtRest(asked, { script, seed: `way ${way}` }) < asked.times) return false
    yield { runs: way + 1 }
  }
  return true
}

/**
 * A breach of messages is of one key; what befalls others makes no difference to it, and would only be told apart.
 * A sink's row may be of them all.
 */
function mattersTo({ violation, concern }: Case): (seen: Seen) => boolean {
  if (violation.messages.length === 0 || violation.of.includes(' ')) return () => true
  const keys = new Set([...concern.facts].map((n) => concern.messages.get(n)?.key))
  return (seen) => {
    const message = messageIn(seen)
    return message === null || keys.has(message.key)
  }
}

/** Looks at every way on without misfortunes: a search for one that comes to rest unbroken, in place of a breach. */
function* fateOf(asked: Case, steps: number): Generator<Tried, Fate> {
  const { system, invariant, subject, violation, times, atOnce } = asked
  const matters = mattersTo(asked)
  const { world, acc: known } = reached(asked, asked.actions.slice(0, steps))
  const breaches = (acc: unknown): number => {
    const found: readonly Violation[] = [
      ...invariant.violations(acc),
      ...(invariant.atRest?.(acc, subject, 0) ?? []),
    ]
    return found.filter((each) => isSame(each, violation)).length
  }
  const saved: Watch = {
    id: invariant.id,
    reads: invariant.reads,
    init: () => invariant.copy(known),
    step: (acc, seen) => {
      if (matters(seen as Seen)) invariant.step(acc, seen as Seen, 0, subject)
    },
    copy: invariant.copy,
    broken: (acc, atRest) => atRest && breaches(acc) < times,
    decided: (acc) =>
      atOnce && invariant.violations(acc).filter((each) => isSame(each, violation)).length >= times,
  }
  const search = exploring(system, saved, {
    bounds: { faults: 0, kinds: [], maxStates: MOST_STATES },
    now: () => 0,
    space: spaceOf(system, { from: world }),
    reduceFrom: 0,
  })
  for (let runs = 1; ; runs++) {
    const next = search.next()
    if (next.done === true) return FATES[next.value.answer]
    yield { runs }
  }
}

const FATES = {
  counterexample: 'saved',
  'holds within bounds': 'doomed',
  'not exhausted': 'seems doomed',
} as const

interface Stretch {
  readonly from: number
  readonly to: number
}

/** From one misfortune to the next. */
function stretchesOf({ history, actions }: Case): readonly Stretch[] {
  const faults = history.steps.filter((step) => step.fault !== '').map((step) => step.index)
  return [0, ...faults].map((from, i) => ({ from, to: (faults[i] ?? actions.length + 1) - 1 }))
}

/** The first step of a stretch from which on all is doomed, by halving; null when not even its end is. */
function* firstDoomed(asked: Case, { from, to }: Stretch): Generator<Tried, NoReturn | null> {
  const isEnd = to === asked.actions.length
  if (!isEnd && !(yield* seemsDoomed(asked, to))) return null
  for (let saved = from - 1; saved < to; ) {
    let doomed = to
    while (doomed - saved > 1) {
      const middle = (saved + doomed) >> 1
      if (yield* seemsDoomed(asked, middle)) doomed = middle
      else saved = middle
    }
    // At the end of all it has come about, and what has come about stays so.
    const fate = doomed === asked.actions.length ? 'doomed' : yield* fateOf(asked, doomed)
    if (fate !== 'saved') return { step: doomed, isProven: fate === 'doomed', tried: TRIES }
    saved = doomed
  }
  return null
}

/**
 * Where nothing befalls the system, what is doomed stays so. A misfortune may even save: so the run is looked at
 * from one misfortune to the next, up to the first stretch that ends doomed.
 */
export function* noReturn(asked: Case): Generator<Tried, NoReturn> {
  for (const stretch of stretchesOf(asked)) {
    const found = yield* firstDoomed(asked, stretch)
    if (found !== null) return found
  }
  return { step: asked.actions.length, isProven: true, tried: TRIES }
}
