// What would have prevented a breach, verified by the explorer within bounds that break without it.
import type { Scenario } from '../scenario/types.ts'
import { type Prevention, preventing, type Search } from '../why/index.ts'
import { type Asking, asking } from './exploring.ts'

export interface ToPrevent {
  readonly scenario: Scenario
  readonly invariant: string
  /** Groups concerned; and kinds of the misfortunes that the breach needed, once for each of them. */
  readonly services: readonly string[]
  readonly kinds: readonly string[]
  readonly messages: number
  readonly maxStates: number
}

/** Guarantees that are never given up for another. */
const ALWAYS = ['no-loss', 'some-effect'] as const

export function preventingIn(
  { scenario, invariant, services, kinds, messages, maxStates }: ToPrevent,
  how: Asking,
): Generator<readonly Prevention[], readonly Prevention[]> {
  const search: Search = function* (whole, id) {
    const question = { invariant: id, scope: { services, messages, consumers: 2 }, maxStates }
    const bounds = { faults: kinds.length, kinds: [...new Set(kinds)] }
    const [answer] = yield* asking(whole, { ...question, ...bounds }, how)
    if (answer === undefined) throw new Error('nobody takes part')
    return answer
  }
  const others = [...new Set([...scenario.checks, ...ALWAYS])].filter((id) => id !== invariant)
  return preventing({ scenario, invariant, others, services, search })
}
