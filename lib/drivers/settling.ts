// Loss by draining: from a state on, everything ordinary happens, and what is missing at rest is lost. So a loss is
// found where it comes about, and not only where all is at rest, which in a large system may be far beyond what can be
// gone through. What is lost by one way to rest is lost; what is not, another way may lose.

import { movesOf } from './eager.ts'
import { chunkOf, offsetOf } from './growing.ts'
import { FULL, levelSearch, type Progress, searchLevel } from './levels.ts'
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

/** Names of ordinary steps from this row to rest, each actor in its turn; null where nothing is lost there. */
export function lostFrom(states: States, row: number): readonly number[] | null {
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

/** Whether something would be lost if all were at rest already. */
export const isMissing = (states: States, row: number): boolean =>
  isBrokenAtRest(states.watched, accOf(states, row))

/** The shortest way from this row to a rest at which something is lost; null where that is too far to seek. */
export function* shortestSettling(
  { space, watched, purse, rows }: States,
  row: number,
): Generator<Progress, readonly number[] | null> {
  const own = statesOf(space, watched, purse)
  addState(own, chunkOf(rows, row), offsetOf(rows, row))
  const search = levelSearch(own, { isFull: () => own.rows.count >= MOST, onRest: undefined })
  const [ended] = yield* searchLevel(search, null, { faults: 0, eager: null, release: false })
  const atRest = ended !== null && ended !== FULL && ended.atRest
  return atRest ? wayTo(own, ended.row) : null
}
