// Loss by draining: a state in which something is missing already, if nothing more were to happen, and from which
// everything ordinary does happen. What is missing then is lost. So a loss is found where it comes about, and not only
// where all is at rest, which in a large system may be far beyond what can be gone through.

import { movesOf } from './eager.ts'
import { chunkOf, offsetOf } from './growing.ts'
import { expandLayer, levelSearch } from './levels.ts'
import {
  accOf,
  addState,
  advance,
  copyRow,
  dropRow,
  type States,
  statesOf,
  wayTo,
} from './reach.ts'
import { isBrokenAtRest } from './watched.ts'

/** Nobody takes so many steps to come to rest. */
const LONGEST = 2000
/** So many states are gone through for a shorter way. */
const MOST = 20_000

/** The next step of the first actor after `last` that has one; the actor. -1: all is at rest. */
function nextActor({ space }: States, chunk: Int32Array, at: number, last: number): number {
  const actors = space.start.length
  for (let i = 1; i <= actors; i++) {
    const actor = (last + i) % actors
    const list = movesOf(space, actor, chunk[at + actor] as number)
    if ((space.list[list] as number) > 0) return actor
  }
  return -1
}

/** Names of ordinary steps from this row to rest, each actor in its turn; null where nothing is lost. */
function drained(states: States, row: number): readonly number[] | null {
  const { space } = states
  const next = copyRow(states, chunkOf(states.rows, row), offsetOf(states.rows, row))
  const chunk = chunkOf(states.rows, next)
  const at = offsetOf(states.rows, next)
  const names: number[] = []
  let actor = nextActor(states, chunk, at, -1)
  while (actor >= 0 && names.length < LONGEST) {
    const step = space.list[movesOf(space, actor, chunk[at + actor] as number) + 2] as number
    names.push(step)
    advance(states, next, step)
    actor = nextActor(states, chunk, at, actor)
  }
  const lost = actor < 0 && isBrokenAtRest(states.watched, accOf(states, next))
  dropRow(states, next)
  return lost ? names : null
}

/** The shortest such way, where that is not too far to seek. */
function shortest(states: States, row: number): readonly number[] | null {
  const { space, watched, purse } = states
  const own = statesOf(space, watched, purse)
  addState(own, chunkOf(states.rows, row), offsetOf(states.rows, row))
  const search = levelSearch(own, { isFull: () => own.rows.count >= MOST, onRest: undefined })
  let layer = { first: 0, count: 1 }
  for (let depth = 0; layer.count > 0; depth++) {
    const first = own.rows.count
    const run = expandLayer(search, layer, { first: 0, count: 0 }, depth, {
      faults: 0,
      eager: null,
    })
    let next = run.next()
    while (next.done !== true) next = run.next()
    const { breach } = search
    if (breach?.atRest === true) return wayTo(own, breach.row)
    if (breach !== null || next.value) return null
    layer = { first, count: own.rows.count - first }
  }
  return null
}

/** Whether something would be lost if all were at rest already. */
export const isMissing = (states: States, row: number): boolean =>
  isBrokenAtRest(states.watched, accOf(states, row))

/** Names of the steps from this row, where something is missing, to a rest at which it is lost; null where none is found. */
export function lostFrom(states: States, row: number): readonly number[] | null {
  const names = drained(states, row)
  return names === null ? null : (shortest(states, row) ?? names)
}
