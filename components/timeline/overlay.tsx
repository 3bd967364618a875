'use client'
// What lies over the plot and changes from step to step: expected events and breaches.
import { useRunFields } from '../session/context'
import { useExpected } from '../session/views'
import { type Axis, xOf } from './axis'
import type { LaneName } from './lanes'
import { yOf } from './plot'

interface ExpectedProps {
  readonly axis: Axis
  readonly lanes: readonly LaneName[]
}

/** Timers that will fire unless something prevents it: dashed, right of the playhead. */
export function ExpectedEvents({ axis, lanes }: ExpectedProps) {
  const expected = useExpected()
  const { session, position } = useRunFields('session', 'position')
  const nowMs = position === 0 ? 0 : session.step(position).timeMs
  return expected.map((event) => {
    const index = lanes.findIndex(({ id }) => id === event.actor)
    if (index < 0 || event.dueMs <= nowMs || event.dueMs > axis.toMs) return null
    const y = yOf(index)
    const to = xOf(axis, event.dueMs)
    const width = event.setting.length * 7.85 + 8
    const label = to + 4 + width < axis.right + 8
    return (
      <g key={`${event.actor} ${event.setting}`} data-part="expected">
        <path
          d={`M${Math.max(axis.left, xOf(axis, nowMs))} ${y}H${to}M${to} ${y - 8}V${y + 8}`}
          stroke="var(--fault-ink)"
          strokeWidth={1}
          strokeDasharray="3 3"
          fill="none"
        />
        {label ? (
          <>
            <rect x={to + 4} y={y - 9} width={width} height={18} fill="var(--paper)" />
            <text x={to + 8} y={y + 4.6} className="timeline-mono" fill="var(--fault-ink)">
              {event.setting}
            </text>
          </>
        ) : null}
      </g>
    )
  })
}

export interface Flag {
  readonly atMs: number
  readonly lane: number
  readonly text: string
}

/** The pole of a breach, from its lane up to the pennant in the head. */
export function FlagPoles({
  axis,
  flags,
}: {
  readonly axis: Axis
  readonly flags: readonly Flag[]
}) {
  return flags.map((flag) => (
    <path
      key={`${flag.atMs} ${flag.text}`}
      d={`M${xOf(axis, flag.atMs)} ${flag.lane < 0 ? 8 : yOf(flag.lane) - 8}V0`}
      stroke="var(--broken-solid)"
      strokeWidth={1.5}
    />
  ))
}

/** The pennants themselves. Where two would lie on each other only the later one keeps all its words. */
export function Pennants({
  axis,
  flags,
}: {
  readonly axis: Axis
  readonly flags: readonly Flag[]
}) {
  return flags.map((flag, index) => {
    const before = flags[index - 1]
    const next = flags[index + 1]
    const pennant = pennantOf(flag, axis, {
      left: before === undefined ? axis.left : xOf(axis, before.atMs) + 24,
      right: next === undefined ? axis.right + 8 : xOf(axis, next.atMs),
    })
    const x = xOf(axis, flag.atMs)
    return (
      <g key={`${flag.atMs} ${flag.text}`} data-part="violation">
        <path d={`M${x} 30V52`} stroke="var(--broken-solid)" strokeWidth={1.5} />
        <rect x={pennant.x} y={30} width={pennant.width} height={20} fill="var(--broken-solid)" />
        <path
          d={`M${pennant.x + 7} 37l7 7m0 -7l-7 7`}
          stroke="var(--broken-on)"
          strokeWidth={1.5}
          strokeLinecap="round"
        />
        <text
          x={pennant.x + 20}
          y={44.6}
          className="timeline-text font-medium"
          fill="var(--broken-on)"
        >
          {pennant.text}
        </text>
      </g>
    )
  })
}

const LETTER = 7
const AROUND = 28

/** Right of its pole; left of it where only there its words have room. */
function pennantOf(
  flag: Flag,
  axis: Axis,
  free: { readonly left: number; readonly right: number },
) {
  const x = xOf(axis, flag.atMs)
  const whole = flag.text.length * LETTER + AROUND
  if (free.right - x < whole && x - free.left > free.right - x) {
    const text = fitted(flag.text, x - free.left - AROUND)
    const width = text === '' ? 20 : text.length * LETTER + AROUND
    return { x: x - width, width, text }
  }
  const text = fitted(flag.text, free.right - x - AROUND)
  return { x, width: text === '' ? 20 : text.length * LETTER + AROUND, text }
}

function fitted(text: string, width: number): string {
  const letters = Math.floor(width / LETTER)
  if (text.length <= letters) return text
  return letters < 6 ? '' : `${text.slice(0, letters - 1)}…`
}
