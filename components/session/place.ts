// Moving about in a run without ever keeping the page waiting: a step of a large scenario may cost a
// thousand times one of a small, so that what is recorded at a time is bounded by the clock, not by a count.
import { STEPS_MAX } from '@/lib/session/session'
import type { Session } from '@/lib/session/types'

export interface Place {
  readonly ms: number
}

/** No watched run has more steps than this. */
export const lengthOfRun = STEPS_MAX

/** A frame may take so long; so long may pass after a press before anything is seen of it. */
export const A_FRAME = 12
export const A_PRESS = 400

/** So few that the clock is looked at often enough even where a step costs ten milliseconds. */
const SLICE = 8

export type Clock = () => number
const pageClock: Clock = () => performance.now()

/** Shows this moment, or the furthest one that could be recorded within `mostMs`. */
export function goTo(session: Session, ms: number, mostMs: number, clock = pageClock): void {
  const until = clock() + mostMs
  while (!session.seekTime(ms, SLICE) && clock() < until);
}

/** Records at most `steps` more, for no longer than `mostMs`; true when there is nothing more to record. */
export function recordOn(
  session: Session,
  steps: number,
  mostMs: number,
  clock = pageClock,
): boolean {
  const until = clock() + mostMs
  const end = session.length + steps
  while (!session.atRest && !session.full && session.length < end) {
    session.runAhead(Math.min(SLICE, end - session.length))
    if (clock() >= until) break
  }
  return session.atRest || session.full
}

/** In whole milliseconds, as faults are anchored: what had happened by then has happened again. */
export function placeOf(session: Session): Place {
  return { ms: Math.ceil(session.nowMs) }
}

/**
 * Keeps the reader's place when the run is opened again with something changed: runs on to the same
 * simulated time, or to its end where it is over sooner. What takes too long ends where it got to.
 */
export function returnTo(session: Session, place: Place, clock = pageClock): void {
  goTo(session, place.ms, A_PRESS, clock)
}
