'use client'
// The clock of the page drives the run: dt × speed of simulated time a frame. With reduced motion, one
// step twice a second instead. The run itself never sees a clock, so a slow page changes nothing but pace.
import { useEffect } from 'react'
import { useReducedMotion } from '../ui/media'
import { useRunFields, useRunStore } from './context'

/** A page that slept must not leap: no frame counts for more than this. */
const LONGEST_FRAME = 100
const STEP_EVERY = 500

export function usePlayback(): void {
  const store = useRunStore()
  const { playing } = useRunFields('playing')
  const still = useReducedMotion()
  useEffect(() => {
    if (!playing) return
    return still ? stepping(store) : running(store)
  }, [playing, still, store])
}

type Store = ReturnType<typeof useRunStore>

function running(store: Store): () => void {
  let last = performance.now()
  let frame = requestAnimationFrame(function next(now) {
    const { advance, speed } = store.getState()
    advance(Math.min(LONGEST_FRAME, Math.max(0, now - last)) * speed)
    last = now
    if (store.getState().playing) frame = requestAnimationFrame(next)
  })
  return () => cancelAnimationFrame(frame)
}

function stepping(store: Store): () => void {
  const timer = setInterval(() => store.getState().stepForward(true), STEP_EVERY)
  return () => clearInterval(timer)
}

/** Learns how long the run is, a little in every idle moment, so that the whole of it can be scrubbed. */
export function useLookAhead(): void {
  const store = useRunStore()
  const { revision, session, toEnd } = useRunFields('revision', 'session', 'toEnd')
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new run is looked ahead of anew
  useEffect(() => {
    let timer = setTimeout(function next() {
      const began = performance.now()
      const { length, lookAhead } = store.getState()
      if ((length >= LOOK_AHEAD && !toEnd) || lookAhead(CHUNK)) return
      // The same time again is left to the page, so that it answers while a large run is recorded.
      timer = setTimeout(next, performance.now() - began)
    }, 0)
    return () => clearTimeout(timer)
  }, [store, revision, session, toEnd])
}

const CHUNK = 400
const LOOK_AHEAD = 20_000
