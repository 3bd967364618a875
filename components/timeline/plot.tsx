'use client'
// Everything recorded in the stretch shown, lane by lane. It is drawn once for a stretch and does not move
// with the playhead: what has not been seen yet lies under a cover of paper (overlay.tsx).
import { memo } from 'react'
import type { Axis } from './axis'
import { ticks, xOf } from './axis'
import { ArrowShape, LaneShapes } from './lane-shapes'
import type { LaneName } from './lanes'
import { between, type Track, thin } from './track'

export const PITCH = 24
export const yOf = (index: number): number => 12 + index * PITCH

interface Props {
  readonly track: Track
  /** Grows with the track, which changes in place. */
  readonly length: number
  readonly lanes: readonly LaneName[]
  readonly axis: Axis
  readonly shape: (key: string | null) => number
}

export const Plot = memo(function Plot({ track, lanes, axis, shape }: Props) {
  return (
    <>
      <defs>
        <pattern
          id="timeline-down"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0V6" stroke="var(--fault-ink)" strokeWidth="1.5" />
        </pattern>
      </defs>
      <Arrows track={track} lanes={lanes} axis={axis} />
      {lanes.map(({ id }, index) => {
        const lane = track.lanes.get(id)
        if (lane === undefined) return null
        return <LaneShapes key={id} lane={lane} axis={axis} y={yOf(index)} shape={shape} />
      })}
    </>
  )
})

/** Who sent what reached a lane; further than two lanes away the lines would only cross each other. */
const REACH = 3

function Arrows({ track, lanes, axis }: Pick<Props, 'track' | 'lanes' | 'axis'>) {
  const place = new Map(lanes.map(({ id }, index) => [id, index]))
  const msEach = ((axis.toMs - axis.fromMs) / Math.max(1, axis.right - axis.left)) * 8
  return lanes.map(({ id }, index) => {
    const arrows = track.lanes.get(id)?.arrows ?? []
    const shown = thin(
      between(arrows, (a) => a.toMs, axis.fromMs, axis.toMs),
      (a) => a.toMs,
      msEach,
    )
    return shown.map((arrow) => {
      const from = place.get(arrow.from)
      if (from === undefined || Math.abs(from - index) > REACH) return null
      return (
        <ArrowShape
          key={`${id} ${arrow.toMs}`}
          faint={from > 0 && index - from > 0 && lanes[from]?.id !== lanes[0]?.id}
          from={{ x: xOf(axis, arrow.fromMs), y: yOf(from) }}
          to={{ x: xOf(axis, arrow.toMs), y: yOf(index) }}
        />
      )
    })
  })
}

interface GridProps {
  readonly axis: Axis
  readonly lanes: readonly LaneName[]
  readonly height: number
}

export const Grid = memo(function Grid({ axis, lanes, height }: GridProps) {
  const vertical = ticks(axis).map((ms) => `M${xOf(axis, ms)} 0V${height}`)
  const level = lanes.map((_, index) => `M${axis.left} ${yOf(index)}H${axis.right}`)
  return <path d={[...vertical, ...level].join('')} stroke="var(--hair)" strokeWidth={1} />
})
