// Why a watched run broke a guarantee: the run by its clock, and how it would have gone without some misfortunes.
import type { Violation } from '../invariants/types.ts'
import { type Clock, explaining, type Why } from '../why/index.ts'
import { documentOf } from './document.ts'
import { extend, type Run, startRun } from './run.ts'

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
  const timesMs = script.map((_, at) => run.recording.step(at + 1).timeMs)
  const clock: Clock = { timesMs, without: (out) => without(run, out) }
  return explaining({ scenario: run.document.scenario, script, invariant, violation, clock })
}
