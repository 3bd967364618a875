// Counterfactuals: the same run with some steps left out for good, everything else as it was as far as it still can
// happen. What breaks the guarantee all the same did not need those steps.
import type { Seen } from '../clients/types.ts'
import { choicesOf } from '../drivers/fuzz.ts'
import { dice } from '../drivers/random.ts'
import type { System } from '../engine/compile.ts'
import type { Local } from '../engine/local.ts'
import type { Action, Envelope, World } from '../engine/types.ts'
import { apply, faultOf, init, localOf, whyNot } from '../engine/world.ts'
import type { AnyInvariant } from '../invariants/index.ts'
import { judge } from '../invariants/judge.ts'
import type { Subject, Violation } from '../invariants/types.ts'

/** What is asked about: this breach of this guarantee, in this system. */
export interface Question {
  readonly system: System
  readonly invariant: AnyInvariant
  readonly subject: Subject
  readonly violation: Violation
}

/** More steps than any small system takes to come to rest once nothing more befalls it. */
const MOST_STEPS = 20_000

export const NOTHING: ReadonlySet<number> = new Set()

/** Breaches are the same when they are of the same group, sink or row, and of the same messages. */
export function isSame(a: Violation, b: Violation): boolean {
  if (a.of !== b.of) return false
  if (a.messages.length === 0 && b.messages.length === 0) return true
  return a.messages.some((message) => b.messages.includes(message))
}

interface Doing {
  world: World
  steps: number
  /** What actors are not to do, of that which takes no envelope; and envelopes of connections that nobody takes. */
  readonly forbidden: Set<string>
  readonly untaken: Set<Envelope>
  readonly act: (action: Action) => void
  /** Every breach of the guarantee so far. */
  readonly violations: (atRest: boolean) => readonly Violation[]
}

function start({ system, invariant, subject }: Question): Doing {
  const bench = judge([invariant], subject)
  const run: Doing = {
    world: init(system),
    steps: 0,
    forbidden: new Set(),
    untaken: new Set(),
    act(action) {
      const next = apply(system, run.world, action)
      run.world = next.world
      run.steps++
      bench.see(next.observations, run.steps)
    },
    violations(atRest) {
      const [verdict] = bench.verdicts({ atRest, faults: { planned: 0, fired: 0 } })
      return verdict?.violations ?? []
    },
  }
  return run
}

const keyOf = (action: Action): string => ('link' in action ? '' : `${action.actor} ${action.rule}`)

function withoutEnvelope(world: World, { queue, nth }: Local): World {
  const left = (world.queues[queue] as readonly Envelope[]).toSpliced(nth, 1)
  return { ...world, queues: world.queues.with(queue, left) }
}

/**
 * How an envelope is left out: it is gone, as if it had never been sent; or, on a connection, it is never taken, and
 * keeps up all that comes behind it.
 */
export type Way = 'gone' | 'untaken'

/** What is done again, and what is left out of it (steps, counted from 1). */
export interface Again {
  readonly script: readonly Action[]
  readonly out?: ReadonlySet<number>
  readonly way?: Way
  /** Chooses the order in which all comes to rest; absent: the first that can happen comes first. */
  readonly seed?: string
}

/**
 * Leaves a step out for good. A misfortune does not befall anybody this time. What an actor did of itself it does no
 * more from then on.
 */
function leaveOut(system: System, run: Doing, action: Action, way: Way): void {
  if ('link' in action || faultOf(system, action) !== '') return
  const local = localOf(system, run.world, action)
  if (typeof local === 'string') return
  if (local.queue < 0) run.forbidden.add(keyOf(action))
  else if (way === 'untaken' && system.takers[local.queue]?.end.connection === true) {
    run.untaken.add(run.world.queues[local.queue]?.[0] as Envelope)
  } else run.world = withoutEnvelope(run.world, local)
}

function isForbidden(system: System, run: Doing, action: Action): boolean {
  if (run.forbidden.size > 0 && run.forbidden.has(keyOf(action))) return true
  if (run.untaken.size === 0 || 'link' in action || action.via === undefined) return false
  const end = system.actorById.get(action.actor)?.endByPort[action.via]
  const head = run.world.queues[end?.inbound ?? -1]?.[0]
  return head !== undefined && run.untaken.has(head)
}

/** Does the script as far as it can be done, without some of its steps. */
function doing(question: Question, { script, out = NOTHING, way = 'gone' }: Again): Doing {
  const { system } = question
  const run = start(question)
  script.forEach((action, at) => {
    if (out.has(at + 1)) leaveOut(system, run, action, way)
    else if (isForbidden(system, run, action)) return
    else if (whyNot(system, run.world, action) === null) run.act(action)
  })
  return run
}

/**
 * Ordinary steps until none is left: nothing more befalls the system, what was interrupted is taken up again.
 * `pick` chooses among so many; without it, the first.
 */
function heal(system: System, run: Doing, pick: (among: number) => number = () => 0): void {
  const list = choicesOf(system)
  for (let i = 0; i < MOST_STEPS; i++) {
    const ordinary = list(run.world).filter(
      ({ action, cost }) => cost === '' && !isForbidden(system, run, action),
    )
    const chosen = ordinary[pick(ordinary.length)]
    if (chosen === undefined) return
    run.act(chosen.action)
  }
}

const timesIn = ({ violation }: Question, found: readonly Violation[]): number =>
  found.filter((each) => isSame(each, violation)).length

/** What a run has broken at its end, where it is at rest. */
export function brokenInRun(question: Question, script: readonly Action[]): Broken {
  const found = doing(question, { script }).violations(true)
  return { times: timesIn(question, found), all: found.length }
}

/** How often the script breaks the guarantee while it runs: never, and only rest reveals the breach. */
export const timesAtOnce = (question: Question, again: Again): number =>
  timesIn(question, doing(question, again).violations(false))

/** How often this breach has come about, and how often any of the same guarantee. */
export interface Broken {
  readonly times: number
  readonly all: number
}

/** What is broken when the script is done as far as it can be, and then all comes to rest. */
export function brokenAtRest(question: Question, again: Again): Broken {
  const run = doing(question, again)
  heal(question.system, run, again.seed === undefined ? undefined : dice(again.seed).below)
  const found = run.violations(true)
  return { times: timesIn(question, found), all: found.length }
}

export const timesAtRest = (question: Question, again: Again): number =>
  brokenAtRest(question, again).times

/** The world after a script, and what the monitor knows by then, free of step numbers. */
export function reached(question: Question, script: readonly Action[]): Reached {
  const { system, invariant, subject } = question
  const acc = invariant.init(subject)
  let world = init(system)
  for (const action of script) {
    const next = apply(system, world, action)
    world = next.world
    for (const seen of next.observations as readonly Seen[]) {
      if (invariant.reads.includes(seen.kind)) invariant.step(acc, seen, 0, subject)
    }
  }
  return { world, acc }
}

export interface Reached {
  readonly world: World
  readonly acc: unknown
}
