'use client'
// The clock that drawings follow between two steps: what is on its way asks it where it is, each by itself,
// so that nothing else has to be drawn again with a frame.
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'

export interface SceneClock {
  /** Told of every new moment; the answer ends it. */
  subscribe(changed: () => void): () => void
  now(): number
}

/** A still: always the same moment. */
export const stillAt = (timeMs: number): SceneClock => ({
  subscribe: () => () => undefined,
  now: () => timeMs,
})

export const ClockContext = createContext<SceneClock>(stillAt(0))

/** What `read` makes of the moment shown; drawn again only when that changes. */
export function useMoment(read: (timeMs: number) => string): string {
  const { subscribe, now } = useContext(ClockContext)
  const snapshot = useCallback(() => read(now()), [read, now])
  return useSyncExternalStore(subscribe, snapshot, snapshot)
}
