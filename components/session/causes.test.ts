// Which fault is named as the cause of a breach.

import { expect, test } from 'vitest'
import type { Verdict } from '@/lib/invariants/types'
import type { Session, StepRecord } from '@/lib/session/types'
import { faultBehind, nextBreach } from './causes'

/** A run given as the causes of each step; names of faults where there are some. */
function run(...steps: readonly (readonly [causes: readonly number[], fault?: string])[]): Session {
  const step = (index: number) =>
    ({
      index,
      causes: steps[index - 1]?.[0] ?? [],
      fault: steps[index - 1]?.[1] ?? '',
    }) as StepRecord
  return { length: steps.length, step } as unknown as Session
}

test('the fault is found among the causes, however far back', () => {
  const session = run([[]], [[1], 'crash'], [[2]], [[3]], [[1]], [[4, 5]])
  expect(faultBehind(session, 6)?.index).toBe(2)
})

test('a fault that is no cause is not blamed', () => {
  const session = run([[]], [[], 'slow-link'], [[1]], [[3]])
  expect(faultBehind(session, 4)).toBeNull()
})

test('of two faults in the past of a breach the nearer one is named', () => {
  const session = run([[], 'pause'], [[1]], [[2], 'crash'], [[3]], [[2, 4]])
  expect(faultBehind(session, 5)?.index).toBe(3)
})

test('the next breach goes round', () => {
  const violation = (step: number) => ({ step, messages: [], sentence: `at ${step}` })
  const verdicts = [
    { violations: [violation(9)] },
    { violations: [violation(4), violation(20)] },
  ] as unknown as readonly Verdict[]
  expect(nextBreach(verdicts, 4)?.violation.step).toBe(9)
  expect(nextBreach(verdicts, 20)?.violation.step).toBe(4)
  expect(nextBreach([], 0)).toBeNull()
})
