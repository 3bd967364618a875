// What an actor could do before a choice, by itself: each such step must lead to the same, taken before the choice
// or after it, and leave the choice as it is. So it is followed as far as the actor gets without hearing more.
import type { ActorAction } from '../engine/types.ts'
import { type Eager, movesOf } from './eager.ts'
import { CHOICE, COST, PEERS, ROW, SEEN, SELF, type Space } from './space.ts'
import { hears } from './watched.ts'

/** Who can do more than this by itself is not looked at to the end. */
const MOST = 32

/** Ordinary steps of an actor in a component. */
function ordinary(space: Space, actor: number, component: number): readonly number[] {
  const moves = movesOf(space, actor, component)
  return Array.from(space.list.subarray(moves + 2, moves + 2 + (space.list[moves] as number)))
}

/**
 * By this a step is known again after another one: by the envelope that it takes, whatever the rule, where it has no
 * choice; else by its whole name.
 */
function nameOf(space: Space, transition: number, alone: boolean): string {
  const { via, nth, ...action } = space.actions[transition] as ActorAction
  return via !== undefined && alone ? `${via} ${nth ?? 0}` : JSON.stringify([action, via, nth])
}

const isAlone = (space: Space, among: readonly number[], one: number): boolean =>
  among.filter((each) => choiceOf(space, each) === choiceOf(space, one)).length === 1

const choiceOf = (space: Space, transition: number) => space.rows[transition * ROW + CHOICE]

/** The same step in another component; -1 where it cannot be taken. */
function again(space: Space, actor: number, component: number, name: string): number {
  const steps = ordinary(space, actor, component)
  return steps.find((each) => nameOf(space, each, isAlone(space, steps, each)) === name) ?? -1
}

/** Peers and what is delivered to each, by some steps; null where two deliver to the same. */
function delivered(space: Space, ...steps: readonly number[]): string | null {
  const pairs = steps.flatMap((transition) => {
    const list = space.rows[transition * ROW + PEERS] as number
    return Array.from({ length: space.peers[list] as number }, (_, i) => [
      space.peers[list + 1 + 2 * i] as number,
      space.peers[list + 2 + 2 * i] as number,
    ])
  })
  if (new Set(pairs.map(([peer]) => peer)).size < pairs.length) return null
  return pairs
    .map((pair) => pair.join(':'))
    .sort()
    .join()
}

interface Step {
  readonly id: number
  readonly name: string
}

/** Whether two steps of an actor lead to the same in either order. */
function areOne(self: Eager, actor: number, one: Step, other: Step): boolean {
  const { space, watched } = self
  const field = (transition: number, what: number) => space.rows[transition * ROW + what] as number
  const otherThen = again(space, actor, field(one.id, SELF), other.name)
  const oneThen = again(space, actor, field(other.id, SELF), one.name)
  if (otherThen < 0 || oneThen < 0) return false
  if (field(oneThen, SELF) !== field(otherThen, SELF)) return false
  const seen = [one.id, other.id, oneThen, otherThen].map((each) => field(each, SEEN))
  const heard = seen.map((each) => (hears(watched, each) ? each : 0))
  if (heard[0] !== heard[2] || heard[1] !== heard[3] || (heard[0] !== 0 && heard[1] !== 0))
    return false
  const before = delivered(space, one.id, otherThen)
  return before !== null && before === delivered(space, other.id, oneThen)
}

/** Misfortunes that may befall an actor in a component. */
function misfortunes({ space, reduction }: Eager, actor: number, component: number) {
  const moves = movesOf(space, actor, component)
  const first = moves + 2 + (space.list[moves] as number)
  const all = space.list.subarray(first, first + (space.list[moves + 1] as number))
  return Array.from(all).filter((each) =>
    reduction.kinds.includes(space.costs[space.rows[each * ROW + COST] as number] as string),
  )
}

/**
 * Whether whatever can befall the actor takes away all that the step has done: so it makes no difference that it was
 * taken before. What cannot happen yet, but may later, is not known.
 */
export function isSwallowed(
  self: Eager,
  actor: number,
  component: number,
  way: number,
  feared: readonly string[],
): boolean {
  if (feared.length === 0) return true
  const { space, watched } = self
  const field = (transition: number, what: number) => space.rows[transition * ROW + what] as number
  if (space.peers[field(way, PEERS)] !== 0 || hears(watched, field(way, SEEN))) return false
  const now = misfortunes(self, actor, component)
  const costs = now.map((each) => space.costs[field(each, COST)])
  if (!feared.every((kind) => costs.includes(kind))) return false
  const later = misfortunes(self, actor, field(way, SELF))
  return now.every((one) => {
    const name = nameOf(space, one, false)
    const then = later.find((each) => nameOf(space, each, false) === name)
    if (then === undefined || field(then, SELF) !== field(one, SELF)) return false
    const seen = [field(one, SEEN), field(then, SEEN)]
    if (seen[0] !== seen[1] && seen.some((each) => hears(watched, each))) return false
    return delivered(space, one) === delivered(space, then)
  })
}

export function isUncontested(
  self: Eager,
  actor: number,
  component: number,
  ways: readonly number[],
  areMeant: (component: number, ways: readonly number[]) => boolean,
): boolean {
  const { space } = self
  const choice = choiceOf(space, ways[0] as number)
  const names = ways.map((way) => nameOf(space, way, ways.length === 1))
  const met = [component]
  for (const here of met) {
    if (met.length > MOST) return false
    const steps = ordinary(space, actor, here)
    const now = names.map((name) => ({ name, id: again(space, actor, here, name) }))
    if (now.some(({ id }) => id < 0)) return false
    if (
      !areMeant(
        here,
        now.map(({ id }) => id),
      )
    )
      return false
    for (const id of steps) {
      if (choiceOf(space, id) === choice) continue
      const rival = { id, name: nameOf(space, id, isAlone(space, steps, id)) }
      if (!now.every((way) => areOne(self, actor, way, rival))) return false
      const then = space.rows[id * ROW + SELF] as number
      if (!met.includes(then)) met.push(then)
    }
  }
  return true
}
