'use client'
// What moves with every frame: the cover over what lies ahead, the playhead, and its tag, which is the
// slider by which the keyboard scrubs. Moved by transforms, so that nothing beneath is drawn again.
import type { KeyboardEvent, ReactNode } from 'react'
import { useRun, useRunFields, useRunStore } from '../session/context'
import type { RunStore } from '../session/store'
import { seconds } from '../session/words'
import { type Axis, xOf } from './axis'

const within = (axis: Axis, ms: number): number =>
  Math.max(axis.left, Math.min(axis.right, xOf(axis, ms)))

const shift = (x: number) => ({ transform: `translateX(${x}px)` })

interface CoverProps {
  readonly axis: Axis
  readonly height: number
  /** Drawn over the cover, in its own place: the grid goes on where nothing is known yet. */
  readonly children: ReactNode
}

/** What was seen already lies dimmed beyond the playhead; what was not, is not shown. */
export function Cover({ axis, height, children }: CoverProps) {
  const { nowMs, seenMs } = useRunFields('nowMs', 'seenMs')
  const now = within(axis, nowMs)
  const seen = Math.max(now, within(axis, seenMs))
  return (
    <div aria-hidden="true" className="absolute inset-0 overflow-hidden">
      <div
        className="absolute top-0 left-0 bg-paper opacity-[0.72]"
        style={{ ...shift(now), width: seen - now, height }}
      />
      <div
        className="absolute inset-0 overflow-hidden bg-paper will-change-transform"
        style={shift(seen)}
      >
        <div style={shift(-seen)}>{children}</div>
      </div>
    </div>
  )
}

export function PlayheadLine({ axis, height }: { readonly axis: Axis; readonly height: number }) {
  const nowMs = useRun((run) => run.nowMs)
  return (
    <div
      aria-hidden="true"
      data-part="playhead"
      className="pointer-events-none absolute top-0 left-[-1px] w-[2px] bg-accent will-change-transform"
      style={{ ...shift(within(axis, nowMs)), height }}
    />
  )
}

const SECOND = 1_000

/** Arrows go by steps, page keys by seconds. False for a key that is none of the slider's. */
function scrub(store: RunStore, key: string): boolean {
  const { nowMs, endMs, stepBack, stepForward, seekTime, seekEnd } = store.getState()
  if (key === 'ArrowRight' || key === 'ArrowUp') stepForward()
  else if (key === 'ArrowLeft' || key === 'ArrowDown') stepBack()
  else if (key === 'PageUp') seekTime(Math.min(endMs, nowMs + SECOND))
  else if (key === 'PageDown') seekTime(Math.max(0, nowMs - SECOND))
  else if (key === 'Home') seekTime(0)
  else if (key === 'End') seekEnd()
  else return false
  return true
}

export function PlayheadTag({ axis, width }: { readonly axis: Axis; readonly width: number }) {
  const store = useRunStore()
  const { nowMs, endMs } = useRunFields('nowMs', 'endMs')
  const head = within(axis, nowMs)
  const x = Math.max(axis.left, Math.min(width - 34, head))
  const onKeyDown = (event: KeyboardEvent) => {
    if (!scrub(store, event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <div
        aria-hidden="true"
        className="absolute top-[28px] left-[-1px] h-[10px] w-[2px] bg-accent"
        style={shift(head)}
      />
      <div
        aria-hidden="true"
        className="absolute top-[6px] left-[-52px] h-[22px] w-[104px] bg-paper"
        style={shift(x)}
      />
      <div
        role="slider"
        tabIndex={0}
        aria-label="Moment shown in the timeline"
        aria-valuemin={0}
        aria-valuemax={Math.round(endMs)}
        aria-valuenow={Math.round(nowMs)}
        aria-valuetext={`${seconds(nowMs, 2)} of ${seconds(endMs)}`}
        onKeyDown={onKeyDown}
        style={shift(x)}
        className="absolute top-[6px] left-[-30px] h-[22px] w-[60px] cursor-ew-resize bg-accent text-center font-mono text-13 leading-[22px] font-medium text-accent-on"
      >
        {seconds(nowMs)}
      </div>
    </>
  )
}
