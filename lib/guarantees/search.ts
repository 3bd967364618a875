// The searches behind one cell: fault by fault, and for each from the smallest size to the whole row. What breaks is
// so found with the fewest faults, at the smallest size, and long before all is gone through; what holds has been gone
// through at the size of the row.
import { type Answer, ask, type Question } from '../session/exploring.ts'
import type { Bounds, Size } from './types.ts'

export interface Clock {
  readonly now: () => number
}

type Asked = Pick<Bounds, 'faults' | 'messages' | 'consumers'>

export interface Ladder {
  /** Null: nothing breaks as far as it was searched. */
  readonly breach: { readonly answer: Answer; readonly size: Size } | null
  /** With so many faults the whole row was gone through; -1: not even without any. */
  readonly upTo: number
  /** The last size gone through with one fault more than that. */
  readonly partly: Size | null
  readonly states: number
  readonly ms: number
  readonly reduced: boolean
}

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, at) => at + 1)

export function sizesOf({ messages, consumers }: Asked): readonly Size[] {
  return upTo(consumers).flatMap((own) => upTo(messages).map((count) => ({ consumers: own, messages: count })))
}

const isWithin = (a: Size, b: Size): boolean =>
  a.consumers <= b.consumers && a.messages <= b.messages

/** What is not gone through at a size is not at a larger one, nor with more faults. */
export function climb(
  whole: Question & { readonly scenario: Answer['scenario'] },
  bounds: Asked,
  { now }: Clock,
): Ladder {
  const { scenario, ...question } = whole
  const started = now()
  let sizes = sizesOf(bounds)
  const most = sizes.length
  let [states, reduced] = [0, false]
  let reached = { upTo: -1, partly: null as Size | null }
  const ended = (breach: Ladder['breach']): Ladder => ({
    breach,
    ...reached,
    states,
    reduced,
    ms: Math.round(now() - started),
  })
  for (let faults = 0; faults <= bounds.faults && sizes.length > 0; faults++) {
    const done: Size[] = []
    const open: Size[] = []
    for (const size of sizes) {
      if (open.some((smaller) => isWithin(smaller, size))) continue
      const [answer] = ask(scenario, { ...question, faults, scope: size }, { now })
      if (answer === undefined) throw new Error(`${scenario.id} has no group to ask about`)
      states += answer.states
      reduced ||= answer.reduced
      if (answer.answer === 'counterexample') return ended({ answer, size })
      if (answer.answer === 'not exhausted') open.push(size)
      else done.push(size)
    }
    const all = done.length === most
    if (all) reached = { upTo: faults, partly: null }
    else if (faults === reached.upTo + 1) reached = { ...reached, partly: done.at(-1) ?? null }
    sizes = done
  }
  return ended(null)
}
