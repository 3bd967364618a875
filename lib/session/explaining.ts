// Why a watched run broke a guarantee: the run by its clock, and how it would have gone without some misfortunes.
import type { Action } from '../engine/types.ts'
import type { Violation } from '../invariants/types.ts'
import type { Scenario } from '../scenario/types.ts'
import { type Clock, explaining, type Why } from '../why/index.ts'
import { documentOf } from './document.ts'
import { type Choice, extend, type Run, startRun } from './run.ts'

/** A run without a misfortune may take longer to its rest; much longer, and it is not waited for. */
const longest = (run: Run): number => 2 * run.recording.length() + 5000

function actionsOf({ recording }: Run) {
  return Array.from({ length: recording.length() }, (_, at) => recording.actionAt(at + 1))
}

/** The same scenario and seed; misfortunes chosen by hand are tied to their moments, as in a saved document. */
function without(run: Run, out: ReadonlySet<number>) {
  const { document, recording } = run
  const { firedAt } = recording.player.armed
  const { scenario } = document
  const faults = scenario.faults.filter((_, at) => !out.has(firedAt[at] ?? 0))
  const choices = document.choices.filter(({ after }) => !out.has(after + 1))
  const kept = { ...run, document: { ...document, scenario: { ...scenario, faults }, choices } }
  const again = startRun({ scenario: documentOf(kept), seed: document.seed, choices: [] })
  while (again.recording.length() < longest(run) && extend(again));
  return again.atRest ? actionsOf(again) : null
}

/** Of a breach that was found in this run, which is recorded to its rest or at least to the breach. */
export function explainingRun(
  run: Run,
  invariant: string,
  violation: Violation,
): Generator<Why, Why> {
  const script = actionsOf(run)
  if (run.script.length > 0) return explainingScript(run, script, invariant, violation)
  const timesMs = script.map((_, at) => run.recording.step(at + 1).timeMs)
  const clock: Clock = { timesMs, without: (out) => without(run, out) }
  return explaining({ scenario: run.document.scenario, script, invariant, violation, clock })
}

/** In a script the order of steps was chosen without a clock. What it broke at its end is asked of it alone. */
function explainingScript(
  run: Run,
  all: readonly Action[],
  invariant: string,
  violation: Violation,
): Generator<Why, Why> {
  const script = violation.step <= run.script.length ? run.script : all
  return explaining({ scenario: run.document.scenario, script, invariant, violation })
}

/** All that a run is made of, and which of its breaches is asked about; plain data. */
export interface ToExplain {
  readonly scenario: Scenario
  readonly seed: string
  readonly choices: readonly Choice[]
  /** How many of its steps are known. */
  readonly length: number
  readonly invariant: string
  readonly violation: Violation
}

export function explainingIn(asked: ToExplain): Generator<Why, Why> {
  const { scenario, seed, choices, length, invariant, violation } = asked
  const run = startRun({ scenario, seed, choices })
  while (run.recording.length() < length && extend(run));
  return explainingRun(run, invariant, violation)
}
