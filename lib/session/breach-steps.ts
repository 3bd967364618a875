// A counterexample in the words of the event log: its steps from where the search began. The same sentences
// as everywhere, because the same session words them.
import type { Answer } from './exploring.ts'
import { openSession } from './session.ts'
import type { StepRecord } from './types.ts'

type Found = Pick<Answer, 'scenario' | 'script' | 'lead'>

/** Steps after those that lead to where the search began; none where nothing was found. */
export function breachSteps({ scenario, script, lead }: Found): readonly StepRecord[] {
  if (script === null) return []
  const choices = script.map((action, after) => ({ after, action }))
  const session = openSession(scenario, { choices })
  session.seek(script.length)
  return script.slice(lead).map((_, at) => session.step(lead + at + 1))
}
