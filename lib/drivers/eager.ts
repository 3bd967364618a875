// The reduction for proofs. A rule that claims to commute (`commutes`) gives the same whatever else happens
// before it, after it or meanwhile; so where such a choice is open it is taken at once, and the orders in which
// everything else might have come first are left out. The states at rest that can be reached stay the same,
// and monitors never take a breach back, so the verdict does too. A chain of such steps is run through and
// only its end is kept: a request that nobody touches and its answer become one step.
//
// Some claims hold only when no misfortune is left to happen: those are for the last level. Claims are checked
// by diamonds (diamonds.ts), and searches with and without them are compared by tests.
import { grown, type Ints } from './growing.ts'
import { ALWAYS, CHOICE, CLAIM, findMoves, IN_PEACE, ROW, type Space } from './space.ts'

/** A chain longer than this is kept where it is: it might go in a circle. */
export const LONGEST = 256

export interface Eager {
  readonly space: Space
  /** Per actor, per component: 0 while unknown, 1 for none, else where in `list` its choice begins. */
  readonly known: Ints[]
  /** How many ways to go on there are in a choice, and which. */
  list: Ints
  listed: number
  /** What a rule must at least claim. */
  readonly least: number
}

export function eagerIn(space: Space, inPeace: boolean): Eager {
  return {
    space,
    known: Array.from(space.start, () => new Int32Array(16)),
    list: new Int32Array(64),
    listed: 2,
    least: inPeace ? IN_PEACE : ALWAYS,
  }
}

function findChoice(self: Eager, actor: number, component: number): number {
  const { space } = self
  const moves = movesOf(space, actor, component)
  const byChoice = new Map<number, number[]>()
  for (let k = 0; k < (space.list[moves] as number); k++) {
    const transition = space.list[moves + 2 + k] as number
    if ((space.rows[transition * ROW + CLAIM] as number) < self.least) continue
    const choice = space.rows[transition * ROW + CHOICE] as number
    byChoice.set(choice, [...(byChoice.get(choice) ?? []), transition])
  }
  const choices = [...byChoice.values()].sort((a, b) => a.length - b.length)
  const choice = choices[0]
  if (choice === undefined) return 1
  const at = self.listed
  self.listed += 1 + choice.length
  self.list = grown(self.list, self.listed)
  self.list.set([choice.length, ...choice], at)
  return at
}

function choiceAt(self: Eager, actor: number, component: number): number {
  const memory = self.known[actor] as Ints
  const found = component < memory.length ? (memory[component] as number) : 0
  if (found !== 0) return found
  const now = findChoice(self, actor, component)
  const bigger = grown(memory, component + 1)
  bigger[component] = now
  self.known[actor] = bigger
  return now
}

/** The only way to go on in some claimed choice of this state; -1 when there is none. */
export function onlyStep(self: Eager, chunk: Int32Array, at: number): number {
  for (let actor = 0; actor < self.known.length; actor++) {
    const choice = choiceAt(self, actor, chunk[at + actor] as number)
    if (choice !== 1 && self.list[choice] === 1) return self.list[choice + 1] as number
  }
  return -1
}

/** All ways to go on in one claimed choice of this state, the one with the fewest; null without one. */
export function claimedChoice(self: Eager, chunk: Int32Array, at: number): Int32Array | null {
  let best = 1
  for (let actor = 0; actor < self.known.length; actor++) {
    const choice = choiceAt(self, actor, chunk[at + actor] as number)
    if (choice === 1) continue
    if (best === 1 || (self.list[choice] as number) < (self.list[best] as number)) best = choice
  }
  if (best === 1) return null
  return self.list.subarray(best + 1, best + 1 + (self.list[best] as number))
}

/** Where in the space's list the moves of this actor in this component begin. */
export function movesOf(space: Space, actor: number, component: number): number {
  const first = space.firstMove[actor] as Int32Array
  const at = component < first.length ? (first[component] as number) : 0
  return at !== 0 ? at : findMoves(space, actor, component)
}
