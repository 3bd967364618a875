'use client'
// The playhead's tag: the time shown, and the slider by which the keyboard scrubs.
import type { KeyboardEvent } from 'react'
import { useRunFields, useRunStore } from '../session/context'
import type { RunStore } from '../session/store'
import { seconds } from '../session/words'

const SECOND = 1_000

/** Arrows go by steps, page keys by seconds. False for a key that is none of the slider's. */
function scrub(store: RunStore, key: string): boolean {
  const { nowMs, endMs, stepBack, stepForward, seekTime } = store.getState()
  if (key === 'ArrowRight' || key === 'ArrowUp') stepForward()
  else if (key === 'ArrowLeft' || key === 'ArrowDown') stepBack()
  else if (key === 'PageUp') seekTime(Math.min(endMs, nowMs + SECOND))
  else if (key === 'PageDown') seekTime(Math.max(0, nowMs - SECOND))
  else if (key === 'Home') seekTime(0)
  else if (key === 'End') seekTime(endMs)
  else return false
  return true
}

export function PlayheadTag({ x }: { readonly x: number }) {
  const store = useRunStore()
  const { nowMs, endMs } = useRunFields('nowMs', 'endMs')
  const onKeyDown = (event: KeyboardEvent) => {
    if (!scrub(store, event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Moment shown"
      aria-valuemin={0}
      aria-valuemax={Math.round(endMs)}
      aria-valuenow={Math.round(nowMs)}
      aria-valuetext={`${seconds(nowMs, 2)} of ${seconds(endMs)}`}
      onKeyDown={onKeyDown}
      style={{ left: x - 30 }}
      className="absolute top-[6px] h-[22px] w-[60px] cursor-ew-resize bg-accent text-center font-mono text-13 leading-[22px] font-medium text-accent-on"
    >
      {seconds(nowMs)}
    </div>
  )
}
