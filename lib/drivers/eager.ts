// The reduction for proofs. A rule that claims to commute (`commutes`) gives the same whatever else happens
// before it, after it or meanwhile; so where such a choice is open it is taken at once, and the orders in which
// everything else might have come first are left out. The states at rest that can be reached stay the same,
// and monitors never take a breach back, so the verdict does too. A chain of such steps is run through and
// only its end is kept: a request that nobody touches and its answer become one step.
//
// A claim is about what may still come. What is at hand is looked at here (rivals.ts): a choice is taken at once
// only where nothing that its actor could do before it gets in its way. Claims are checked by diamonds
// (diamonds.ts), and searches with and without them are compared by tests.
import { type Claim, claimsOf, isSafe } from './claims.ts'
import { grown, type Ints } from './growing.ts'
import { type Silence, silenceOf, stillToCome } from './silence.ts'
import { CHOICE, findMoves, ROW, type Space } from './space.ts'
import type { Watched } from './watched.ts'

/** A chain longer than this is kept where it is: it might go in a circle. */
export const LONGEST = 256

export interface Reduction {
  /** No misfortune is left to happen: the last level. */
  readonly inPeace: boolean
  /** Which misfortunes may happen otherwise. */
  readonly kinds: readonly string[]
  /** What a rule claims, if not what it says itself. */
  readonly claimOf?: (rule: string, claim: Claim) => Claim
}

export interface Eager {
  readonly space: Space
  readonly watched: Watched
  readonly reduction: Reduction
  /** Per actor, per component: 0 while unknown, 1 for none, else where in `list` its choice begins. */
  readonly known: Ints[]
  /** Which kinds must not come any more (see silence.ts), how many ways to go on there are, and which. */
  list: Ints
  listed: number
  readonly silence: Silence
  /** Per actor, per component: its choices, once somebody has asked. */
  readonly choices: (readonly Open[] | undefined)[][]
}

export function eagerIn(space: Space, watched: Watched, reduction: Reduction): Eager {
  return {
    space,
    watched,
    reduction,
    known: Array.from(space.start, () => new Int32Array(16)),
    list: new Int32Array(64),
    listed: 2,
    silence: silenceOf(space, claimsOf(space, reduction), reduction.inPeace),
    choices: Array.from(space.start, () => []),
  }
}

/** A choice that may be taken at once, provided that none of some kinds of envelopes can come any more. */
export interface Open {
  readonly ways: readonly number[]
  readonly unless: number
}

/** Every choice of an actor that may be taken at once in this component. */
export function openChoices(self: Eager, actor: number, component: number): readonly Open[] {
  const memory = self.choices[actor] as (readonly Open[] | undefined)[]
  const found = memory[component] ?? findOpen(self, actor, component)
  memory[component] = found
  return found
}

function findOpen(self: Eager, actor: number, component: number): readonly Open[] {
  const { space, silence } = self
  const moves = movesOf(space, actor, component)
  const byChoice = new Map<number, number[]>()
  for (let k = 0; k < (space.list[moves] as number); k++) {
    const transition = space.list[moves + 2 + k] as number
    const choice = space.rows[transition * ROW + CHOICE] as number
    byChoice.set(choice, [...(byChoice.get(choice) ?? []), transition])
  }
  return [...byChoice.values()].flatMap((ways): Open[] => {
    const claims = isSafe(self, actor, component, ways)
    return claims === null ? [] : [{ ways, unless: silence.maskOf(claims) }]
  })
}

function findChoice(self: Eager, actor: number, component: number): number {
  const choices = [...openChoices(self, actor, component)]
  choices.sort(
    (a, b) => Number(a.unless > 0) - Number(b.unless > 0) || a.ways.length - b.ways.length,
  )
  const [choice] = choices
  if (choice === undefined) return 1
  const { ways, unless } = choice
  const at = self.listed
  self.listed += 2 + ways.length
  self.list = grown(self.list, self.listed)
  self.list.set([unless, ways.length, ...ways], at)
  return at
}

function choiceAt(self: Eager, actor: number, component: number): number {
  const memory = self.known[actor] as Ints
  const found = component < memory.length ? (memory[component] as number) : 0
  if (found !== 0) return found
  const now = findChoice(self, actor, component)
  const bigger = grown(self.known[actor] as Ints, component + 1)
  bigger[component] = now
  self.known[actor] = bigger
  return now
}

/** Asked about a state once, and only where a choice depends on it. */
const UNKNOWN = -1

/** The only way to go on in some claimed choice of this state; -1 when there is none. */
export function onlyStep(self: Eager, chunk: Int32Array, at: number): number {
  let coming = UNKNOWN
  for (let actor = 0; actor < self.known.length; actor++) {
    const choice = choiceAt(self, actor, chunk[at + actor] as number)
    if (choice === 1 || self.list[choice + 1] !== 1) continue
    const unless = self.list[choice] as number
    if (unless !== 0) {
      if (coming === UNKNOWN) coming = stillToCome(self.silence, chunk, at)
      if ((coming & unless) !== 0) continue
    }
    return self.list[choice + 2] as number
  }
  return -1
}

/** All ways to go on in one claimed choice of this state, the one with the fewest; null without one. */
export function claimedChoice(self: Eager, chunk: Int32Array, at: number): Int32Array | null {
  let best = 1
  for (let actor = 0; actor < self.known.length; actor++) {
    const choice = choiceAt(self, actor, chunk[at + actor] as number)
    if (choice === 1) continue
    const unless = self.list[choice] as number
    if (unless !== 0 && (stillToCome(self.silence, chunk, at) & unless) !== 0) continue
    if (best === 1 || (self.list[choice + 1] as number) < (self.list[best + 1] as number))
      best = choice
  }
  if (best === 1) return null
  return self.list.subarray(best + 2, best + 2 + (self.list[best + 1] as number))
}

/** Where in the space's list the moves of this actor in this component begin. */
export function movesOf(space: Space, actor: number, component: number): number {
  const first = space.firstMove[actor] as Int32Array
  const at = component < first.length ? (first[component] as number) : 0
  return at !== 0 ? at : findMoves(space, actor, component)
}
