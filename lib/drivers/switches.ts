// Of all shortest ways to a breach, one with the fewest changes from one actor to another: the easiest to
// follow with the eye (Holzmann and Florian; tlaplus #1084). It walks back from the breach through the layers
// that the search kept and notes, for each state on some shortest way, what is still to come.

import type { Action } from '../engine/types.ts'
import { movesOf } from './eager.ts'
import { chunkOf, offsetOf } from './growing.ts'
import type { Breach, Layer, Level } from './levels.ts'
import { accOf, costOfStep, dropRow, payFor, type States, tryCut, tryStep } from './reach.ts'
import { cutName } from './space.ts'
import { isBroken, isBrokenAtRest } from './watched.ts'

/** A step towards the breach: who takes it, and how many changes there are from its state on. */
interface Choice {
  readonly who: number
  readonly name: number
  readonly changes: number
  readonly then: readonly Choice[]
}

/** The states of one layer on some shortest way, by fingerprint. */
type Relevant = Map<string, readonly Choice[]>

const whoOf = (action: Action): string => ('link' in action ? action.link : action.actor)

export function switchesOf(script: readonly Action[]): number {
  let count = 0
  for (let i = 1; i < script.length; i++) {
    if (whoOf(script[i] as Action) !== whoOf(script[i - 1] as Action)) count++
  }
  return count
}

/** More rows than this are not gone through again. */
const MOST_ROWS = 400_000

const LAST: readonly Choice[] = []

function changesAfter(who: number, then: readonly Choice[]): number {
  let least = then.length === 0 ? 0 : Number.POSITIVE_INFINITY
  for (const next of then) least = Math.min(least, next.changes + (next.who === who ? 0 : 1))
  return least
}

interface Backwards {
  readonly states: States
  readonly levels: readonly Level[]
  readonly breach: Breach
}

function keyOf(self: Backwards, row: number): string {
  const { places, rows } = self.states
  const chunk = chunkOf(rows, row)
  const at = offsetOf(rows, row)
  return `${chunk[at + places.high]},${chunk[at + places.low]}`
}

/** Every step out of a row that may belong to a shortest way: who takes it, its name and where it leads. */
function* stepsFrom(self: Backwards, row: number, ordinary: boolean) {
  const { states } = self
  const { space } = states
  const chunk = chunkOf(states.rows, row)
  const at = offsetOf(states.rows, row)
  for (let actor = 0; actor < space.start.length; actor++) {
    const list = movesOf(space, actor, chunk[at + actor] as number)
    const first = ordinary ? 0 : (space.list[list] as number)
    const count = space.list[ordinary ? list : list + 1] as number
    for (let k = first; k < first + count; k++) {
      const name = space.list[list + 2 + k] as number
      const next = tryStep(states, chunk, at, name)
      if (ordinary || payFor(states, next, costOfStep(states, name)))
        yield { who: actor, name, next }
      dropRow(states, next)
    }
  }
  if (ordinary) return
  for (const { index, mode } of space.system.links) {
    const next = mode === 'connection' ? tryCut(states, chunk, at, index) : -1
    if (next < 0) continue
    const name = cutName(index)
    if (payFor(states, next, 1)) yield { who: name, name, next }
    dropRow(states, next)
  }
}

/** After so many rows somebody else may want to do something. */
const AT_ONCE = 256

/** The rows of a layer from which a step leads on, with what then is still to come. */
function* leadingTo(
  self: Backwards,
  layer: Layer,
  ordinary: boolean,
  onto: (row: number) => readonly Choice[] | null,
): Generator<undefined, readonly [number, Choice][]> {
  const found: [number, Choice][] = []
  for (let row = layer.first; row < layer.first + layer.count; row++) {
    if ((row - layer.first) % AT_ONCE === AT_ONCE - 1) yield
    for (const { who, name, next } of stepsFrom(self, row, ordinary)) {
      const then = onto(next)
      if (then !== null) found.push([row, { who, name, then, changes: changesAfter(who, then) }])
    }
  }
  return found
}

/** Of each layer only the least of what one actor can begin with is kept. */
function collect(self: Backwards, found: readonly [number, Choice][]): Relevant {
  const relevant = new Map<string, Choice[]>()
  for (const [row, choice] of found) {
    const key = keyOf(self, row)
    const choices = relevant.get(key) ?? []
    const same = choices.findIndex((each) => each.who === choice.who)
    if (same < 0) choices.push(choice)
    else if (choice.changes < (choices[same] as Choice).changes) choices[same] = choice
    relevant.set(key, choices)
  }
  return relevant
}

/** What leads to the breach itself. */
function lastSteps(
  self: Backwards,
  level: number,
  depth: number,
): (row: number) => readonly Choice[] | null {
  const { states, breach, levels } = self
  if (!breach.atRest) return (row) => (isBroken(states.watched, accOf(states, row)) ? LAST : null)
  const layer = levels[level]?.[depth] ?? { first: 0, count: 0 }
  const ends = new Set<string>()
  for (let row = layer.first; row < layer.first + layer.count; row++) {
    if (isBrokenRest(self, row)) ends.add(keyOf(self, row))
  }
  return (row) => (ends.has(keyOf(self, row)) ? LAST : null)
}

function isBrokenRest(self: Backwards, row: number): boolean {
  for (const _ of stepsFrom(self, row, true)) return false
  return isBrokenAtRest(self.states.watched, accOf(self.states, row))
}

/** Names of the steps of the best way; null where it was too much to go through again. */
function* bestWay(self: Backwards): Generator<undefined, readonly number[] | null> {
  const { levels, breach, states } = self
  const rows = levels.reduce((sum, level) => sum + level.reduce((n, { count }) => n + count, 0), 0)
  if (rows > MOST_ROWS) return null
  const top = levels.length - 1
  // Per level, what of the layer one deeper leads to the breach.
  let onto = levels.map((_, level): ((row: number) => readonly Choice[] | null) =>
    level === top ? lastSteps(self, top, breach.depth) : () => null,
  )
  for (let depth = breach.depth - 1; depth >= 0; depth--) {
    const maps: Relevant[] = []
    for (const [f, level] of levels.entries()) {
      const layer = level[depth] ?? { first: 0, count: 0 }
      const same = onto[f] as (row: number) => readonly Choice[] | null
      const above = onto[f + 1]
      const costly = above === undefined ? [] : yield* leadingTo(self, layer, false, above)
      maps.push(collect(self, [...(yield* leadingTo(self, layer, true, same)), ...costly]))
    }
    onto = maps.map((map) => (row: number) => map.get(keyOf(self, row)) ?? null)
  }
  const begin = onto[0]?.(0) ?? null
  states.rows.count = states.ways.count
  return begin === null ? null : namesOf(begin)
}

function namesOf(begin: readonly Choice[]): readonly number[] {
  const names: number[] = []
  let who = Number.NaN
  for (let choices = begin; choices.length > 0; ) {
    const cost = (each: Choice) => each.changes + (each.who === who ? 0 : 1)
    const best = choices.reduce((a, b) => (cost(b) < cost(a) ? b : a))
    names.push(best.name)
    who = best.who
    choices = best.then
  }
  return names
}

/** Names of the steps of a shortest way to the breach with the fewest switches, or null. Stops now and then. */
export function fewestSwitches(
  states: States,
  levels: readonly Level[],
  breach: Breach,
): Generator<undefined, readonly number[] | null> {
  return bestWay({ states, levels, breach })
}
