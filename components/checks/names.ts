// What a verdict's invariant is called, and how its chip reads.
import { invariants } from '@/lib/invariants/index'
import type { Verdict } from '@/lib/invariants/types'

export function titleOf(invariant: string): string {
  return invariants.find(({ id }) => id === invariant)?.title ?? invariant
}

export interface ChipWords {
  /** Empty where a count would say something that is not so: never put to the test, never promised. */
  readonly count: string
  readonly noun: string
}

export function chipWords(verdict: Verdict): ChipWords {
  const counted = verdict.verdict !== 'not exercised' && verdict.verdict !== 'not promised'
  if (counted) {
    const [count = '', ...rest] = verdict.noun.split(' ')
    return { count, noun: rest.join(' ') }
  }
  const known = invariants.find(({ id }) => id === verdict.invariant)
  return { count: '', noun: known?.noun[1] ?? verdict.invariant }
}
