'use client'
// The causal steps on their lanes, by number; the last is where it broke.
import { useCauses } from '../why/use-lit'
import { type Axis, xOf } from './axis'
import { apart, laneOf } from './causes'
import type { LaneName } from './lanes'
import { yOf } from './plot'

const RADIUS = 9
const GAP = 2 * RADIUS + 1

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
    lane: laneOf(lanes, step),
  }))
  const shown = marks.filter(({ step, lane }) => {
    return lane >= 0 && step.timeMs >= axis.fromMs && step.timeMs <= axis.toMs
  })
  const spread = new Map<number, number>()
  for (const lane of new Set(shown.map((mark) => mark.lane))) {
    const own = shown.filter((mark) => mark.lane === lane)
    const places = apart(
      own.map(({ x }) => x),
      GAP,
      axis.right,
    )
    for (const [at, { text }] of own.entries()) spread.set(text, places[at] as number)
  }
  return (
    <g data-part="causes">
      {shown.map(({ step, text, x: exact, lane }) => {
        const isLast = text === steps.length
        const x = spread.get(text) ?? exact
        return (
          <g key={step.index} data-cause={text}>
            {x === exact ? null : (
              <path
                d={`M${exact} ${yOf(lane) - RADIUS}V${yOf(lane)}H${x}`}
                stroke="var(--ink)"
                strokeWidth={1.5}
              />
            )}
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
