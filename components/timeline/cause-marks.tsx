'use client'
// The causal steps on their lanes, by number; the last is where it broke.
import { useCauses } from '../why/use-lit'
import { type Axis, xOf } from './axis'
import type { LaneName } from './lanes'
import { yOf } from './plot'

const RADIUS = 9

export function CauseMarks({
  axis,
  lanes,
}: {
  readonly axis: Axis
  readonly lanes: readonly LaneName[]
}) {
  const steps = useCauses()
  if (steps === null) return null
  const marks = steps.map((step, at) => ({
    step,
    text: at + 1,
    x: xOf(axis, step.timeMs),
    lane: lanes.findIndex(({ id }) => id === step.actor || step.actor.startsWith(`${id}/`)),
  }))
  const shown = marks.filter(({ step, lane }) => {
    return lane >= 0 && step.timeMs >= axis.fromMs && step.timeMs <= axis.toMs
  })
  return (
    <g data-part="causes">
      <path
        d={shown.map(({ x, lane }, at) => `${at === 0 ? 'M' : 'L'}${x} ${yOf(lane)}`).join('')}
        stroke="var(--accent)"
        strokeWidth={2}
      />
      {shown.map(({ step, text, x, lane }) => {
        const isLast = text === steps.length
        return (
          <g key={step.index} data-cause={text}>
            <circle
              cx={x}
              cy={yOf(lane)}
              r={RADIUS}
              fill={isLast ? 'var(--broken-solid)' : 'var(--ink)'}
            />
            <text
              x={x}
              y={yOf(lane) + 4.6}
              textAnchor="middle"
              className="timeline-text font-semibold"
              fill={isLast ? 'var(--broken-on)' : 'var(--paper)'}
            >
              {text}
            </text>
          </g>
        )
      })}
    </g>
  )
}
