// A case: one breach of one run, with all that answers to it rest on.
import { eventIn } from '../clients/words.ts'
import type { Action } from '../engine/types.ts'
import { faultOf } from '../engine/world.ts'
import { invariantsOf } from '../invariants/index.ts'
import type { Violation } from '../invariants/types.ts'
import { type Built, build } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'
import { type Concern, concernOf } from './concern.ts'
import { type Question, timesAtOnce, timesAtRest } from './doubt.ts'
import { causesOf, endsOf, type History, historyOf } from './history.ts'

/** What is asked: of this run, why this breach? */
export interface Asked {
  readonly scenario: Scenario
  /** All actions of the run, in order, up to its end or at least to the breach. */
  readonly script: readonly Action[]
  readonly invariant: string
  readonly violation: Violation
  /** Of a run by a clock; absent where the order of steps was chosen without one. */
  readonly clock?: Clock
}

export interface Clock {
  /** When each action happened. */
  readonly timesMs: readonly number[]
  /** The same run, to its rest, had these misfortunes (steps, counted from 1) not happened; null: it never rests. */
  readonly without: (faults: ReadonlySet<number>) => readonly Action[] | null
}

export interface Case extends Question {
  readonly scenario: Scenario
  readonly built: Built
  /** The run, up to the breach where that is seen at once. Its indices are those of the script. */
  readonly history: History
  readonly actions: readonly Action[]
  /** How often the breach had come about by then, this time included. */
  readonly times: number
  /** Whether the breach shows while the run goes on. Else only rest reveals it. */
  readonly atOnce: boolean
  readonly concern: Concern
  /** Every step that the violation follows from. */
  readonly ancestors: ReadonlySet<number>
  readonly clock: Clock | null
  /** An event by its id, as short as it is clear. */
  readonly name: (id: string) => string
  /** Whether an action is a misfortune by itself, not a timer that needs one. */
  readonly isFaultRule: (action: Action) => boolean
}

/** To groups that act upon one type of event an order's number says which event is meant. */
function namesIn(scenario: Scenario, { groups }: Concern): (id: string) => string {
  const services = scenario.story.services.filter(({ id }) => groups.size === 0 || groups.has(id))
  const isClear = services.length === 1 && services[0]?.handles.length === 1
  return isClear ? (id) => id.split('/')[0] as string : eventIn
}

/** Throws when the script does not fit the scenario: then it is not the run of it that was asked about. */
export function caseOf({ scenario, script, invariant: id, violation, clock }: Asked): Case {
  const built = build(scenario)
  const [invariant] = invariantsOf([id])
  if (invariant === undefined) throw new Error(`there is no invariant ${id}`)
  const { system, subject } = built
  const question = { system, invariant, subject, violation }
  const upToIt = script.slice(0, violation.step)
  const seen = timesAtOnce(question, { script: upToIt })
  const atOnce = seen > 0
  const times = atOnce ? seen : timesAtRest(question, { script })
  const actions = atOnce ? upToIt : script
  const history = historyOf(system, actions, clock !== undefined)
  if (history.steps.length < actions.length || times === 0) {
    throw new Error('this is not the run in which that was broken')
  }
  const concern = concernOf(history, subject, violation)
  const ancestors = atOnce ? causesOf(history, [violation.step]) : endsOf(history)
  const told = { scenario, built, history, actions, atOnce, concern, ancestors }
  const name = namesIn(scenario, concern)
  const isFaultRule = (action: Action) => faultOf(system, action) !== ''
  return { ...question, times, name, isFaultRule, ...told, clock: clock ?? null }
}
