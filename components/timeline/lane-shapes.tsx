// The drawing of one lane (LOOK: Timeline): a grey bar is busy, a shape an effect, hatching down, a bolt a fault.
import { BOLT } from '../ui/icons'
import { paint, shapeName, shapePath } from '../ui/key-shape'
import { type Axis, xOf } from './axis'
import { between, type Lane, thin } from './track'

interface Props {
  readonly lane: Lane
  readonly axis: Axis
  readonly y: number
  readonly shape: (key: string | null) => number
}

/** Two marks closer than this on one lane cannot be told apart; of such only the first is drawn. */
const APART = 3

export function LaneShapes({ lane, axis, y, shape }: Props) {
  const { fromMs, toMs } = axis
  const msEach = ((toMs - fromMs) / Math.max(1, axis.right - axis.left)) * APART
  const bars = thin(
    between(lane.bars, (bar) => bar.toMs, fromMs, toMs + 2_000),
    (b) => b.toMs,
    msEach,
  )
  const marks = thin(
    between(lane.marks, (mark) => mark.atMs, fromMs, toMs),
    (m) => m.atMs,
    msEach,
  )
  return (
    <g>
      {bars.map((bar) => (
        <rect
          key={bar.toMs}
          data-part="busy"
          fill="var(--rule)"
          rx={2}
          height={4}
          y={y - 2}
          x={xOf(axis, Math.max(bar.fromMs, fromMs))}
          width={Math.max(2, xOf(axis, bar.toMs) - xOf(axis, Math.max(bar.fromMs, fromMs)))}
        />
      ))}
      {lane.downs.map((down) => (
        <DownBar key={down.fromMs} axis={axis} y={y} fromMs={down.fromMs} toMs={down.toMs} />
      ))}
      {marks.map((mark) => (
        <MarkShape
          key={mark.step}
          x={xOf(axis, mark.atMs)}
          y={y}
          shape={shape(mark.message.key)}
          again={mark.again}
        />
      ))}
      {lane.bolts.map((bolt) => (
        <path
          key={bolt.step}
          className="ui-bolt"
          transform={`translate(${xOf(axis, bolt.atMs)},${y}) scale(1.1)`}
          d={BOLT}
        />
      ))}
    </g>
  )
}

interface DownProps {
  readonly axis: Axis
  readonly y: number
  readonly fromMs: number
  readonly toMs: number
}

function DownBar({ axis, y, fromMs, toMs }: DownProps) {
  if (toMs < axis.fromMs || fromMs > axis.toMs) return null
  const from = xOf(axis, Math.max(fromMs, axis.fromMs))
  const to = xOf(axis, Math.min(toMs, axis.toMs))
  return (
    <g data-part="down">
      <rect
        x={from}
        y={y - 5}
        width={Math.max(1, to - from)}
        height={10}
        fill="url(#timeline-down)"
      />
      <path
        d={`M${from} ${y - 5}H${to}M${from} ${y + 5}H${to}`}
        stroke="var(--fault-ink)"
        strokeWidth={1}
        fill="none"
      />
    </g>
  )
}

interface MarkProps {
  readonly x: number
  readonly y: number
  readonly shape: number
  readonly again: boolean
}

function MarkShape({ x, y, shape, again }: MarkProps) {
  const name = shapeName(shape)
  const { fill, stroke } = paint(name)
  return (
    <g data-part="effect" transform={`translate(${x},${y})`}>
      {again ? (
        <path d={shapePath(name, 9.1)} fill="var(--paper)" stroke={stroke} strokeWidth={1.5} />
      ) : null}
      <path d={shapePath(name, 5.5)} fill={fill} stroke={stroke} strokeWidth={1.25} />
    </g>
  )
}

/** A line from the lane a thing was sent from to the lane it came to, with a small head. */
export function ArrowShape(props: {
  readonly from: Point
  readonly to: Point
  readonly faint: boolean
}) {
  const { from, to, faint } = props
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const ux = (to.x - from.x) / length
  const uy = (to.y - from.y) / length
  const tip = { x: to.x - ux * 2, y: to.y - uy * 2 }
  const back = { x: tip.x - ux * 7, y: tip.y - uy * 7 }
  const head = `M${tip.x} ${tip.y}L${back.x - uy * 3} ${back.y + ux * 3}L${back.x + uy * 3} ${back.y - ux * 3}Z`
  return (
    <g opacity={faint ? 0.55 : 1}>
      <path d={`M${from.x} ${from.y}L${tip.x} ${tip.y}`} stroke="var(--rule)" strokeWidth={1} />
      <path d={head} fill="var(--rule)" />
    </g>
  )
}

interface Point {
  readonly x: number
  readonly y: number
}
