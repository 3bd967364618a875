// What a search could not have answered anyway: what the broker does not promise, and bounds so narrow that
// nobody has anything to do within them.
import { invariantsOf } from '../invariants/index.ts'
import { build } from '../scenario/build.ts'
import type { Scenario } from '../scenario/types.ts'
import { simulate } from './simulate.ts'

/** Why this broker does not promise that, here; null when it does. */
export function notPromised(scenario: Scenario, invariant: string): string | null {
  const [known] = invariantsOf([invariant])
  return known?.notPromised?.(build(scenario).subject) ?? null
}

/** More steps than a few messages need, where a scenario would never come to rest. */
const ENOUGH = 50_000

/** Whether somebody acts upon something in it when nothing goes wrong. */
export function somethingHappens(scenario: Scenario): boolean {
  const { verdicts } = simulate({ ...scenario, checks: ['some-effect'] }, { maxSteps: ENOUGH })
  return verdicts[0]?.verdict === 'holds'
}
