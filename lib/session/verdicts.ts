// Verdicts at any moment of a recorded run. Monitors fold forward once, as steps are recorded; a moment of
// the past is judged from what they found and when.
import type { Observation } from '../engine/types.ts'
import { invariants } from '../invariants/index.ts'
import { type Judge, judge } from '../invariants/judge.ts'
import type { Subject, Verdict } from '../invariants/types.ts'
import type { Run } from './run.ts'

export interface Court {
  see(observations: readonly Observation[], step: number): void
  /** Verdicts at the end of what is recorded. */
  now(
    atRest: boolean,
    faults: { readonly planned: number; readonly fired: number },
  ): readonly Verdict[]
}

export function courtOf(checks: readonly string[], subject: Subject): Court {
  const chosen = checks.flatMap((id) => invariants.filter((invariant) => invariant.id === id))
  const bench: Judge = judge(chosen, subject)
  return {
    see: bench.see,
    now: (atRest, faults) => bench.verdicts({ atRest, faults }),
  }
}

/** What `verdict`, known at the end of the recording, was at an earlier step. */
export function asOf(verdict: Verdict, step: number, nouns: readonly [string, string]): Verdict {
  if (verdict.verdict === 'not promised') return verdict
  const violations = verdict.violations.filter((violation) => violation.step <= step)
  const first = violations[0]
  return {
    ...verdict,
    verdict: first === undefined ? 'holds so far' : 'broken',
    step: first?.step ?? null,
    messages: [...new Set(violations.flatMap((violation) => violation.messages))],
    noun: `${violations.length} ${violations.length === 1 ? nouns[0] : nouns[1]}`,
    violations,
    detail: first?.sentence ?? '',
  }
}

/** How many of the scenario's faults have fired by this step. */
function firedBy(run: Run, step: number): number {
  return run.recording.player.armed.firedAt.filter((at) => at > 0 && at <= step).length
}

/**
 * Verdicts at the moment after `position`; at the end of a run at rest they are final. At the end of a script
 * they may be too, and what was broken there stays so while the run goes on.
 */
export function verdictsAt(run: Run, position: number): readonly Verdict[] {
  const verdicts = verdictsAsRun(run, position)
  if (position < run.script.length) return verdicts
  if (position === run.script.length && run.atScriptEnd.length > 0) return run.atScriptEnd
  return verdicts.map((verdict, at) => {
    const then = run.atScriptEnd[at]
    return then?.verdict === 'broken' && verdict.verdict !== 'broken' ? then : verdict
  })
}

function verdictsAsRun(run: Run, position: number): readonly Verdict[] {
  const length = run.recording.length()
  const final = run.atRest && position >= length
  const planned = run.document.scenario.faults.length
  const verdicts = run.court.now(final, { planned, fired: firedBy(run, length) })
  if (final) return verdicts
  return verdicts.map((verdict) => {
    const nouns = invariants.find((invariant) => invariant.id === verdict.invariant)?.noun
    return asOf(verdict, position, nouns ?? ['violation', 'violations'])
  })
}
