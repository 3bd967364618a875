// The point of no return: the first step from which nothing ordinary saves the guarantee any more.
import type { System } from '../engine/compile.ts'
import type { Action } from '../engine/types.ts'
import { breaksInOrder, type Question } from './doubt.ts'

export interface NoReturn {
  /** The step (counted from 1) after which each way on that was tried ends in the breach; 0: from the start. */
  readonly step: number
  /** How many ways on were tried from there. They are a sample of the orders of steps, not all of them. */
  readonly tried: number
}

const TRIES = 12

function isDoomed(system: System, script: readonly Action[], question: Question): boolean {
  for (let i = 0; i < TRIES; i++) {
    if (!breaksInOrder(system, script, question, `way ${i}`)) return false
  }
  return true
}

/** Once doomed, ordinary steps do not help: so the first doomed step is found by halving. */
export function noReturn(system: System, script: readonly Action[], question: Question): NoReturn {
  let saved = -1
  let doomed = script.length
  while (doomed - saved > 1) {
    const middle = (saved + doomed) >> 1
    if (isDoomed(system, script.slice(0, middle), question)) doomed = middle
    else saved = middle
  }
  return { step: doomed, tried: TRIES }
}
