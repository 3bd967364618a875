// A watch beside a space: its accumulators get numbers too, and what it makes of one step's observations is
// remembered.
import type { Watch } from '../engine/watch.ts'
import { grown } from './growing.ts'
import { hashesOf, type Intern, intern } from './interning.ts'
import { Pairs } from './pairs.ts'
import type { Space } from './space.ts'

export class Watched {
  readonly watch: Watch
  readonly start: number
  /** What each accumulator adds to the two sums of a fingerprint. */
  high = new Int32Array(16)
  low = new Int32Array(16)
  /** Per accumulator: 1 when it is broken. */
  private verdicts = new Int32Array(16)
  private readonly atRest: (boolean | undefined)[] = []
  private readonly accs: Intern<unknown> = intern()
  private readonly steps = new Pairs()
  /** Per number of an observation: whether this watch reads it. */
  private readonly heard: (boolean | undefined)[] = []
  private readonly space: Space

  constructor(watch: Watch, space: Space) {
    this.watch = watch
    this.space = space
    this.start = this.idOf(watch.init())
  }

  private idOf(acc: unknown): number {
    const before = this.accs.size()
    const id = this.accs.idOf(acc)
    if (id < before) return id
    const [high, low] = hashesOf(`acc ${this.accs.hashOf(id).join(' ')}`)
    this.high = grown(this.high, id + 1)
    this.low = grown(this.low, id + 1)
    this.verdicts = grown(this.verdicts, id + 1)
    this.high[id] = high
    this.low[id] = low
    this.verdicts[id] = this.watch.broken(acc, false) ? 1 : 0
    return id
  }

  /** An accumulator as plain data, for somebody else who has other numbers; and back. */
  export(acc: number): unknown {
    return this.accs.valueOf(acc)
  }

  import(told: unknown): number {
    return this.idOf(told)
  }

  /** Whether this watch reads anything of what was observed. */
  hears(seen: number): boolean {
    const known = this.heard[seen]
    if (known !== undefined) return known
    const { reads } = this.watch
    const now = this.space.observations(seen).some((each) => reads.includes(each.kind))
    this.heard[seen] = now
    return now
  }

  /** Number of the accumulator after these observations. */
  after(acc: number, seen: number): number {
    const known = this.steps.get(acc, seen)
    if (known >= 0) return known
    const id = this.hears(seen) ? this.fold(acc, seen) : acc
    this.steps.add(acc, seen, id)
    return id
  }

  private fold(acc: number, seen: number): number {
    const { watch } = this
    const next = watch.copy(this.accs.valueOf(acc))
    for (const each of this.space.observations(seen)) {
      if (watch.reads.includes(each.kind)) watch.step(next, each)
    }
    return this.idOf(next)
  }

  broken(acc: number): boolean {
    return this.verdicts[acc] === 1
  }

  brokenAtRest(acc: number): boolean {
    const known = this.atRest[acc]
    if (known !== undefined) return known
    const now = this.watch.broken(this.accs.valueOf(acc), true)
    this.atRest[acc] = now
    return now
  }
}
