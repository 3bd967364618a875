// What would have prevented a breach, verified by the explorer within bounds that break without it.
import type { Scenario } from '../scenario/types.ts'
import { NO_WITNESS, type Prevention, preventing, type Search } from '../why/index.ts'
import { type Asking, asking } from './exploring.ts'
import { leastMessages } from './exploring-wider.ts'

export interface ToPrevent {
  readonly scenario: Scenario
  readonly invariant: string
  /** Groups concerned; and kinds of the misfortunes that the breach needed, once for each of them. */
  readonly services: readonly string[]
  readonly kinds: readonly string[]
  readonly messages: number
  /** Two, where it is not said. */
  readonly consumers?: number
  /** Where it is not said, as many as there are. */
  readonly keys?: number
  readonly partitions?: number
  readonly maxStates: number
}

/** Guarantees that are never given up for another. */
const ALWAYS = ['no-loss', 'some-effect'] as const

export function preventingIn(
  { scenario, invariant, services, kinds, maxStates, ...size }: ToPrevent,
  how: Asking,
): Generator<readonly Prevention[], readonly Prevention[]> {
  const search: Search = function* (whole, id) {
    const question = { invariant: id, scope: { services, consumers: 2, ...size }, maxStates }
    const bounds = { faults: kinds.length, kinds: [...new Set(kinds)] }
    const [answer] = yield* asking(whole, { ...question, ...bounds }, how)
    if (answer === undefined) throw new Error('nobody takes part')
    return answer
  }
  const others = [...new Set([...scenario.checks, ...ALWAYS])].filter((id) => id !== invariant)
  return preventing({ scenario, invariant, others, services, search })
}

/** So many messages more than the fewest with which anything happens. */
const WIDER = 1

interface Size {
  readonly consumers: number
  readonly keys: number
  readonly partitions: number
}

/** The smallest first: what breaks there is soon searched to its end with every other choice too. */
const SIZES: readonly Size[] = [
  { consumers: 1, keys: 1, partitions: 1 },
  { consumers: 2, keys: 1, partitions: 1 },
  { consumers: 2, keys: 2, partitions: 2 },
]

/** What is asked where the size is not known yet. */
export type ToPreventLeast = Omit<ToPrevent, 'messages' | keyof Size>

/** With so few messages that nothing is left to take effect, no run shows that a misfortune was absorbed. */
function lacksWitness(lines: readonly Prevention[]): boolean {
  const prevented = lines.some(({ verdict }) => verdict === 'prevents')
  return !prevented && lines.some(({ because }) => because === NO_WITNESS)
}

/** At the smallest size at which the breach comes about; nothing where it is not found at any. */
export function* preventingLeast(
  asked: ToPreventLeast,
  how: Asking,
): Generator<readonly Prevention[], readonly Prevention[]> {
  const { scenario, services } = asked
  let before: readonly Prevention[] = []
  for (const size of SIZES) {
    const least = leastMessages(scenario, { services, ...size })
    if (least === null) continue
    for (let messages = least; messages <= least + WIDER; messages++) {
      const told = yield* preventingIn({ ...asked, ...size, messages }, how)
      if (told.length > 0 && !lacksWitness(told)) return told
      if (told.length > 0 && before.length > 0) return before
      before = told.length > 0 ? told : before
    }
  }
  return before
}

/** Groups that a breach is of: one by its name, else all that write to the sink whose row is wrong. */
export function servicesOf({ story }: Scenario, of: string): readonly string[] {
  const sink = of.split(' ')[0]
  return story.services
    .filter((service) => service.id === of || service.sink === sink)
    .map(({ id }) => id)
}
