'use client'
// The causal steps on their lanes, by number; the last is where it broke.
import type { StepRecord } from '@/lib/session/types'
import { useCauses } from '../why/use-lit'
import { type Axis, xOf } from './axis'
import type { LaneName } from './lanes'
import { yOf } from './plot'

const RADIUS = 9

/** Whom a step is about: who had it done, who is removed or takes over, else who did it. */
function laneOf(lanes: readonly LaneName[], { actor, observations }: StepRecord): number {
  const told = observations.flatMap((seen) => {
    const { by, member, owners } = seen as Partial<Record<'by' | 'member', string>> & {
      owners?: Readonly<Record<string, string>>
    }
    return [by, member, ...Object.values(owners ?? {})].filter((id) => id !== undefined)
  })
  const names = [...told, actor, ...actor.split('/')]
  const found = names.map((name) => lanes.findIndex(({ id }) => id === name))
  return found.find((lane) => lane >= 0) ?? -1
}

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
  return (
    <g data-part="causes">
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
