'use client'
// The space-time diagram: a lane an actor, time from left to right. Clicking or dragging scrubs; the
// playhead is a slider for the keyboard. Only what is in moving.tsx is drawn again with every frame.
import { type PointerEvent, useMemo } from 'react'
import { DIM } from '@/lib/scene/style'
import { useRunFields, useRunStore } from '../session/context'
import { shapeOfKey, shapesOf } from '../session/keys'
import { count, roughly, seconds } from '../session/words'
import { useNarrow } from '../ui/media'
import { useSize } from '../ui/use-size'
import { useCauses } from '../why/use-lit'
import { type Axis, msAt, ticks, xOf } from './axis'
import { CauseMarks } from './cause-marks'
import { useAxis, useFlags, useLanes, useTrack } from './following'
import { LaneLabels } from './lane-labels'
import { Cover, PlayheadLine, PlayheadTag } from './moving'
import { ExpectedEvents, type Flag, FlagPoles, Pennants } from './overlay'
import { Grid, PITCH, Plot } from './plot'

const HEAD = 38

export function Timeline() {
  const [ref, size] = useSize<HTMLDivElement>()
  const left = useNarrow() ? 104 : 152
  const { session, endMs, length } = useRunFields('session', 'endMs', 'length')
  const axis = useAxis(left, Math.max(left + 40, size.width - 16))
  const track = useTrack()
  const lanes = useLanes()
  const shapes = useMemo(() => shapesOf(session.scenario), [session])
  const shape = useMemo(() => (key: string | null) => shapeOfKey(shapes, key), [shapes])
  const flags = useFlags(lanes, axis)
  const asked = useCauses() !== null
  const scrub = useScrub(axis)
  const height = lanes.length * PITCH + 4
  const box = { width: size.width, height }
  return (
    <section aria-label="Timeline" className="relative h-full min-h-0 border-t border-hair">
      <div ref={ref} className="h-full overflow-x-hidden overflow-y-auto" {...scrub}>
        <div className="sticky top-0 z-10 bg-paper">
          <Head axis={axis} flags={flags} width={size.width} />
        </div>
        <div className="relative" style={{ height }}>
          <svg
            role="img"
            aria-label={inWords(lanes.length, endMs, flags)}
            fill="none"
            className="block"
            {...box}
          >
            <Grid axis={axis} lanes={lanes} height={height} />
            <g opacity={asked ? DIM : undefined}>
              <Plot track={track} length={length} lanes={lanes} axis={axis} shape={shape} />
            </g>
          </svg>
          <Cover axis={axis} height={height}>
            <svg fill="none" className="block" aria-hidden="true" {...box}>
              <Grid axis={axis} lanes={lanes} height={height} />
            </svg>
          </Cover>
          <svg fill="none" className="absolute top-0 left-0" aria-hidden="true" {...box}>
            <ExpectedEvents axis={axis} lanes={lanes} />
            <FlagPoles axis={axis} flags={flags} />
            <CauseMarks axis={axis} lanes={lanes} />
          </svg>
          <PlayheadLine axis={axis} height={height} />
          <LaneLabels lanes={lanes} width={left} />
        </div>
      </div>
    </section>
  )
}

function inWords(lanes: number, endMs: number, flags: readonly Flag[]): string {
  const breaches = flags.map((flag) => `${flag.text}, at ${seconds(flag.atMs)}`).join('. ')
  return `Space-time diagram: ${count(lanes, 'lane')}, ${roughly(endMs)}. ${breaches} The log lists every step in words.`
}

/** The head: ticks, pennants, and the playhead's tag, which is the slider. */
function Head(props: {
  readonly axis: Axis
  readonly flags: readonly Flag[]
  readonly width: number
}) {
  const { axis, flags, width } = props
  return (
    <div className="relative" style={{ height: HEAD }}>
      <svg
        width={width}
        height={HEAD}
        fill="none"
        className="block overflow-visible"
        aria-hidden="true"
      >
        {ticks(axis).map((ms) => {
          const x = xOf(axis, ms)
          const anchor = x < axis.left + 8 ? 'start' : x > axis.right - 20 ? 'end' : 'middle'
          return (
            <text
              key={ms}
              x={x}
              y={24}
              textAnchor={anchor}
              className="timeline-mono"
              fill="var(--ink-3)"
            >
              {roughly(ms)}
            </text>
          )
        })}
        <Pennants axis={axis} flags={flags} />
      </svg>
      <PlayheadTag axis={axis} width={width} />
    </div>
  )
}

/** Pressing anywhere right of the names shows that moment; dragging goes on. */
function useScrub(axis: Axis) {
  const store = useRunStore()
  const seek = (event: PointerEvent<HTMLElement>) => {
    const { endMs, seekTime } = store.getState()
    const left = event.currentTarget.getBoundingClientRect().left
    seekTime(Math.min(endMs, msAt(axis, event.clientX - left)))
  }
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const x = event.clientX - event.currentTarget.getBoundingClientRect().left
      if (event.button !== 0 || x < axis.left - 8) return
      event.currentTarget.setPointerCapture(event.pointerId)
      seek(event)
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event)
    },
  }
}
