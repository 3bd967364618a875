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

function firstStep({ space }: States, chunk: Int32Array, at: number): number {
  for (let actor = 0; actor < space.start.length; actor++) {
    const list = movesOf(space, actor, chunk[at + actor] as number)
    if ((space.list[list] as number) > 0) return space.list[list + 2] as number
  }
  return -1
}

/** Names of ordinary steps from this row to rest, one after the other as they come; null where nothing is lost. */
function drained(states: States, row: number): readonly number[] | null {
  const next = copyRow(states, chunkOf(states.rows, row), offsetOf(states.rows, row))
  const chunk = chunkOf(states.rows, next)
  const at = offsetOf(states.rows, next)
  const names: number[] = []
  let step = firstStep(states, chunk, at)
  while (step >= 0 && names.length < LONGEST) {
    names.push(step)
    advance(states, next, step)
    step = firstStep(states, chunk, at)
  }
  const lost = step < 0 && isBrokenAtRest(states.watched, accOf(states, next))
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

/** Names of the steps from this row to a rest at which something is lost; null where nothing need be. */
export function lostFrom(states: States, row: number): readonly number[] | null {
  if (!isBrokenAtRest(states.watched, accOf(states, row))) return null
  const names = drained(states, row)
  return names === null ? null : (shortest(states, row) ?? names)
}
