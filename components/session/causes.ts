// Which fault lies behind a breach: the nearest one among the causes of the step that completed it.
import type { Verdict, Violation } from '@/lib/invariants/types'
import type { Session, StepRecord } from '@/lib/session/types'

/** Walks back over causes; the latest fault that is a cause, or null when none is. */
export function faultBehind(session: Session, step: number): StepRecord | null {
  const seen = new Set<number>()
  const open = [step]
  let latest: StepRecord | null = null
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (index < 1 || index > session.length || seen.has(index)) continue
    seen.add(index)
    const record = session.step(index)
    if (record.fault !== '') {
      if (latest === null || record.index > latest.index) latest = record
      continue
    }
    if (latest === null || index > latest.index) open.push(...record.causes)
  }
  return latest
}

/** The breach that comes next after `step`, wrapping round; null when nothing is broken. */
export function nextBreach(
  verdicts: readonly Verdict[],
  step: number,
): { readonly verdict: Verdict; readonly violation: Violation } | null {
  const all = verdicts
    .flatMap((verdict) => verdict.violations.map((violation) => ({ verdict, violation })))
    .sort((a, b) => a.violation.step - b.violation.step)
  return all.find(({ violation }) => violation.step > step) ?? all[0] ?? null
}

/** What is known at the last recorded step; the moment shown stays where it is. */
export function verdictsAtEnd(session: Session): readonly Verdict[] {
  const { nowMs, position } = session
  session.seek(session.length)
  const verdicts = session.verdicts()
  session.seek(position)
  if (session.nowMs !== nowMs) session.seekTime(nowMs)
  return verdicts
}
