// The point of no return: the first step from which nothing ordinary saves the guarantee any more.
import { explore } from '../drivers/explore.ts'
import { spaceOf } from '../drivers/space.ts'
import type { Watch } from '../engine/watch.ts'
import type { Violation } from '../invariants/types.ts'
import type { Case } from './case.ts'
import type { Tried } from './causes.ts'
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
const MOST_STATES = 20_000

type Fate = 'saved' | 'doomed' | 'seems doomed'

/** Whether any way on without misfortunes comes to rest unbroken: a search for that, in place of a breach. */
function fateOf(asked: Case, steps: number): Fate {
  const script = asked.actions.slice(0, steps)
  for (let way = 0; way < TRIES; way++) {
    if (timesAtRest(asked, { script, seed: `way ${way}` }) < asked.times) return 'saved'
  }
  const { system, invariant, subject, violation, times } = asked
  const { world, acc: known } = reached(asked, script)
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
    step: (acc, seen) => invariant.step(acc, seen as never, 0, subject),
    copy: invariant.copy,
    broken: (acc, atRest) => atRest && breaches(acc) < times,
  }
  const { answer } = explore(system, saved, {
    bounds: { faults: 0, kinds: [], maxStates: MOST_STATES },
    now: () => 0,
    space: spaceOf(system, world),
    reduceFrom: false,
  })
  if (answer === 'counterexample') return 'saved'
  return answer === 'not exhausted' ? 'seems doomed' : 'doomed'
}

/**
 * Where nothing befalls the system, what is doomed stays so. A misfortune may even save: so the run is looked at
 * from one misfortune to the next, and in the first stretch that ends doomed the first such step is found by
 * halving.
 */
export function* noReturn(asked: Case): Generator<Tried, NoReturn> {
  const { history, actions, atOnce, violation } = asked
  const faults = history.steps.filter((step) => step.fault !== '').map((step) => step.index)
  const stretches = [0, ...faults].map((from, i) => ({
    from,
    to: (faults[i] ?? actions.length + 1) - 1,
  }))
  const known = new Map<number, Fate>()
  let runs = 0
  const fateAt = (steps: number): Fate => {
    const isOver = steps === actions.length || (atOnce && steps >= violation.step)
    const fate = known.get(steps) ?? (isOver ? 'doomed' : fateOf(asked, steps))
    known.set(steps, fate)
    return fate
  }
  for (const { from, to } of stretches) {
    yield { runs: ++runs }
    if (fateAt(to) === 'saved') continue
    let [saved, doomed] = [from - 1, to]
    while (doomed - saved > 1) {
      const middle = (saved + doomed) >> 1
      if (fateAt(middle) === 'saved') saved = middle
      else doomed = middle
      yield { runs: ++runs }
    }
    return { step: doomed, isProven: fateAt(doomed) === 'doomed', tried: TRIES }
  }
  return { step: actions.length, isProven: true, tried: TRIES }
}
