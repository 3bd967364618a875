// Keeping the reader's place when the run is opened again with something changed.
import type { Session } from '@/lib/session/types'

export interface Place {
  readonly ms: number
  /** How many steps may be recorded on the way there. */
  readonly steps: number
}

/** A watched run longer than this is not recorded ahead of the reader. */
export const lengthOfRun = 100_000

/** In whole milliseconds, as faults are anchored: what had happened by then has happened again. */
export function placeOf(session: Session): Place {
  return { ms: Math.ceil(session.nowMs), steps: lengthOfRun }
}

/** Runs the session on to the same simulated time, or to its end where it is over sooner. */
export function returnTo(session: Session, place: Place): void {
  while (!session.atRest && session.endMs < place.ms && session.length < place.steps) {
    const before = session.length
    session.runAhead(1_000)
    if (session.length === before) break
  }
  session.seekTime(Math.min(place.ms, Math.max(session.endMs, 0)))
}
