// The reduction for proofs. A rule that claims to commute (`commutes`) gives the same whatever else happens
// before it, after it or meanwhile; so where such a choice is open it is taken at once, and the orders in which
// everything else might have come first are left out. The states at rest that can be reached stay the same,
// and monitors never take a breach back, so the verdict does too. A chain of such steps is run through and
// only its end is kept: a request that nobody touches and its answer become one step.
//
// Some claims hold only when no misfortune is left to happen: those are for the last level. Claims are checked
// by diamonds (diamonds.ts), and searches with and without them are compared by tests.
import { grown, type Ints } from './growing.ts'
import { ALWAYS, CHOICE, CLAIM, IN_PEACE, ROW, type Space } from './space.ts'

/** A chain longer than this is kept where it is: it might go in a circle. */
const LONGEST = 256

export class Eager {
  private readonly space: Space
  /** Per actor, per component: 0 while unknown, 1 for none, else where in `list` its choice begins. */
  private readonly known: Ints[]
  /** How many ways to go on there are in a choice, and which. */
  private list = new Int32Array(64)
  private listed = 2

  /** What a rule must at least claim. */
  private readonly least: number

  constructor(space: Space, inPeace: boolean) {
    this.space = space
    this.least = inPeace ? IN_PEACE : ALWAYS
    this.known = space.start.length === 0 ? [] : Array.from(space.start, () => new Int32Array(16))
  }

  private find(actor: number, component: number): number {
    const { space } = this
    const moves = movesOf(space, actor, component)
    const byChoice = new Map<number, number[]>()
    for (let k = 0; k < (space.list[moves] as number); k++) {
      const transition = space.list[moves + 2 + k] as number
      if ((space.rows[transition * ROW + CLAIM] as number) < this.least) continue
      const choice = space.rows[transition * ROW + CHOICE] as number
      byChoice.set(choice, [...(byChoice.get(choice) ?? []), transition])
    }
    const choices = [...byChoice.values()].sort((a, b) => a.length - b.length)
    const choice = choices[0]
    if (choice === undefined) return 1
    const at = this.listed
    this.listed += 1 + choice.length
    this.list = grown(this.list, this.listed)
    this.list.set([choice.length, ...choice], at)
    return at
  }

  private at(actor: number, component: number): number {
    const memory = this.known[actor] as Ints
    const found = component < memory.length ? (memory[component] as number) : 0
    if (found !== 0) return found
    const now = this.find(actor, component)
    const bigger = grown(memory, component + 1)
    bigger[component] = now
    this.known[actor] = bigger
    return now
  }

  /** The only way to go on in some claimed choice of this state; -1 when there is none. */
  next(chunk: Int32Array, at: number): number {
    for (let actor = 0; actor < this.known.length; actor++) {
      const choice = this.at(actor, chunk[at + actor] as number)
      if (choice !== 1 && this.list[choice] === 1) return this.list[choice + 1] as number
    }
    return -1
  }

  /** All ways to go on in one claimed choice of this state, the one with the fewest; null without one. */
  choice(chunk: Int32Array, at: number): Int32Array | null {
    let best = 1
    for (let actor = 0; actor < this.known.length; actor++) {
      const choice = this.at(actor, chunk[at + actor] as number)
      if (choice === 1) continue
      if (best === 1 || (this.list[choice] as number) < (this.list[best] as number)) best = choice
    }
    if (best === 1) return null
    return this.list.subarray(best + 1, best + 1 + (this.list[best] as number))
  }

  get longest(): number {
    return LONGEST
  }
}

/** Where in the space's list the moves of this actor in this component begin. */
export function movesOf(space: Space, actor: number, component: number): number {
  const first = space.firstMove[actor] as Int32Array
  const at = component < first.length ? (first[component] as number) : 0
  return at !== 0 ? at : space.find(actor, component)
}
