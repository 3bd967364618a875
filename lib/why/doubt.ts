// Counterfactuals: the same run with one step left out, everything else as it was as far as it still can happen.
// What breaks the guarantee all the same did not need that step.
import { choicesOf } from '../drivers/fuzz.ts'
import { dice } from '../drivers/random.ts'
import type { System } from '../engine/compile.ts'
import type { Action, World } from '../engine/types.ts'
import { apply, init, whyNot } from '../engine/world.ts'
import type { AnyInvariant } from '../invariants/index.ts'
import { judge } from '../invariants/judge.ts'
import type { Subject, Violation } from '../invariants/types.ts'

/** What is asked about: this breach of this guarantee. */
export interface Question {
  readonly invariant: AnyInvariant
  readonly subject: Subject
  readonly violation: Violation
}

/** More steps than any small system takes to come to rest once nothing more befalls it. */
const MOST_STEPS = 20_000

/** Breaches are the same when they are of the same messages; those of no message are all alike. */
export function isSame(a: Violation, b: Violation): boolean {
  if (a.messages.length === 0 || b.messages.length === 0) return true
  return a.messages.some((message) => b.messages.includes(message))
}

interface Doing {
  world: World
  readonly done: Action[]
  readonly act: (action: Action) => void
  readonly isBroken: (atRest: boolean) => boolean
}

/** Does the script as far as it can be done. */
function doing(system: System, script: readonly Action[], question: Question): Doing {
  const { invariant, subject, violation } = question
  const bench = judge([invariant], subject)
  const run: Doing = {
    world: init(system),
    done: [],
    act(action) {
      const next = apply(system, run.world, action)
      run.world = next.world
      run.done.push(action)
      bench.see(next.observations, run.done.length)
    },
    isBroken(atRest) {
      const [verdict] = bench.verdicts({ atRest, faults: { planned: 0, fired: 0 } })
      return verdict?.violations.some((each) => isSame(each, violation)) === true
    },
  }
  for (const action of script) if (whyNot(system, run.world, action) === null) run.act(action)
  return run
}

/**
 * Ordinary steps until none is left: nothing more befalls the system, what was interrupted is taken up again.
 * `pick` chooses among so many; without it, the first.
 */
function heal(system: System, run: Doing, pick: (among: number) => number = () => 0): void {
  const list = choicesOf(system)
  for (let i = 0; i < MOST_STEPS; i++) {
    const ordinary = list(run.world).filter(({ cost }) => cost === '')
    if (ordinary.length === 0) return
    run.act((ordinary[pick(ordinary.length)] as (typeof ordinary)[number]).action)
  }
}

/** Whether the script breaks the guarantee while it runs; else only rest reveals the breach. */
export function isSeenAtOnce(
  system: System,
  script: readonly Action[],
  question: Question,
): boolean {
  return doing(system, script, question).isBroken(false)
}

/** Whether the breach comes about when the script is done as far as it can be, and then all comes to rest. */
export function breaksAtRest(
  system: System,
  script: readonly Action[],
  question: Question,
): boolean {
  const run = doing(system, script, question)
  heal(system, run)
  return run.isBroken(true)
}

/** The same in an order of steps that a seed chooses. */
export function breaksInOrder(
  system: System,
  script: readonly Action[],
  question: Question,
  seed: string,
): boolean {
  const run = doing(system, script, question)
  heal(system, run, dice(seed).below)
  return run.isBroken(true)
}

/**
 * Whether the breach needs this step (counted from 1). A breach that is seen at once is looked for in what is
 * left of the script itself, since whatever is left out would otherwise be done later all the same; one that
 * only rest reveals is looked for at rest.
 */
export function needsOf(system: System, script: readonly Action[], question: Question) {
  const atOnce = isSeenAtOnce(system, script, question)
  return (index: number): boolean => {
    const rest = script.toSpliced(index - 1, 1)
    return atOnce ? !isSeenAtOnce(system, rest, question) : !breaksAtRest(system, rest, question)
  }
}
