// A watch beside a space: its accumulators get numbers too, and what it makes of one transition's
// observations is remembered.
import type { Watch } from '../engine/watch.ts'
import { canonical } from './canonical.ts'
import type { Transition } from './space.ts'

export interface Watched {
  readonly start: number
  /** Number of the accumulator after this transition. */
  readonly after: (acc: number, transition: Transition) => number
  readonly broken: (acc: number) => boolean
  readonly brokenAtRest: (acc: number) => boolean
}

export function watched(watch: Watch): Watched {
  const ids = new Map<string, number>()
  const accs: unknown[] = []
  const verdicts: boolean[] = []
  const restVerdicts: (boolean | undefined)[] = []
  const steps: Map<number, number>[] = []
  const silent: (boolean | undefined)[] = []

  function idOf(acc: unknown): number {
    const text = canonical(acc)
    const known = ids.get(text)
    if (known !== undefined) return known
    ids.set(text, accs.length)
    verdicts.push(watch.broken(acc, false))
    restVerdicts.push(undefined)
    steps.push(new Map())
    return accs.push(acc) - 1
  }

  function isSilent(transition: Transition): boolean {
    const known = silent[transition.id]
    if (known !== undefined) return known
    const now = !transition.observations.some((seen) => watch.reads.includes(seen.kind))
    silent[transition.id] = now
    return now
  }

  return {
    start: idOf(watch.init()),
    after(acc, transition) {
      if (isSilent(transition)) return acc
      const memory = steps[acc] as Map<number, number>
      const known = memory.get(transition.id)
      if (known !== undefined) return known
      const next = watch.copy(accs[acc])
      for (const seen of transition.observations) {
        if (watch.reads.includes(seen.kind)) watch.step(next, seen)
      }
      const id = idOf(next)
      memory.set(transition.id, id)
      return id
    },
    broken: (acc) => verdicts[acc] as boolean,
    brokenAtRest(acc) {
      restVerdicts[acc] ??= watch.broken(accs[acc], true)
      return restVerdicts[acc]
    },
  }
}
