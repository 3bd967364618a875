'use client'
// States by depth on a logarithmic scale, as the mockup draws them: the depth of the counterexample, and the frontier.
import { thousands } from '@/lib/scenario/show'
import { useSize } from '../ui/use-size'

interface Props {
  /** States by depth; the first is where the search begins. */
  readonly depths: readonly number[]
  /** The depth of the counterexample. */
  readonly found: number | null
  readonly searching: boolean
}

const HEIGHT = 148
const BASE = 122
const TOP = 37
const ROOM_FOR_SCALE = 48
const MOST_PITCH = 21.3
const LEAST_DECADES = 4

export function Histogram({ depths, found, searching }: Props) {
  const [ref, { width }] = useSize<HTMLDivElement>()
  // Depth 0 is one state, and no step.
  const bars = depths.slice(1)
  return (
    <div ref={ref} className="mt-[14px] h-[148px]">
      {width === 0 ? null : <Drawn bars={bars} width={width} found={found} searching={searching} />}
    </div>
  )
}

interface DrawnProps {
  readonly bars: readonly number[]
  readonly width: number
  readonly found: number | null
  readonly searching: boolean
}

function Drawn({ bars, width, found, searching }: DrawnProps) {
  const right = width - ROOM_FOR_SCALE
  const pitch = Math.min(MOST_PITCH, right / Math.max(1, bars.length))
  const decades = Math.max(LEAST_DECADES, Math.log10(Math.max(1, ...bars)))
  const heightOf = (states: number) =>
    states === 0 ? 0 : 2 + ((BASE - TOP - 2) * Math.log10(states)) / decades
  const middle = (depth: number) => (depth - 0.5) * pitch
  const last = searching ? bars.length : 0
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={inWords(bars, found)}>
      {[2, 4, 6]
        .filter((power) => power < decades + 0.3)
        .map((power) => (
          <Scale key={power} power={power} y={BASE - heightOf(10 ** power)} width={width} />
        ))}
      {bars.map((states, at) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its depth
          key={at}
          x={at * pitch}
          y={BASE - heightOf(states)}
          width={Math.max(1, pitch * 0.8)}
          height={heightOf(states)}
          fill={colourOf(at + 1, found, last)}
        />
      ))}
      <path d={`M0 ${BASE + 0.75}H${right}`} stroke="var(--ink)" strokeWidth={1.5} />
      {found === null || found > bars.length ? null : (
        <Pole
          x={middle(found)}
          y={BASE - heightOf(bars[found - 1] ?? 0)}
          right={right}
          colour="broken"
          words="this counterexample"
        />
      )}
      {last === 0 || found !== null ? null : (
        <Pole
          x={middle(last)}
          y={BASE - heightOf(bars[last - 1] ?? 0)}
          right={right}
          colour="accent"
          words="frontier"
        />
      )}
      <Depths count={bars.length} found={found} middle={middle} />
    </svg>
  )
}

function colourOf(depth: number, found: number | null, frontier: number): string {
  if (depth === found) return 'var(--broken-solid)'
  return depth === frontier ? 'var(--accent)' : 'var(--rule)'
}

const POWERS: Readonly<Record<number, string>> = { 2: '100', 4: '10 k', 6: '1 M' }

function Scale({
  power,
  y,
  width,
}: {
  readonly power: number
  readonly y: number
  readonly width: number
}) {
  return (
    <>
      <path d={`M0 ${y}H${width - ROOM_FOR_SCALE + 4}`} stroke="var(--hair)" />
      <text x={width} y={y + 5} textAnchor="end" fontSize={15} fill="var(--ink-3)">
        {POWERS[power]}
      </text>
    </>
  )
}

interface PoleProps {
  readonly x: number
  readonly y: number
  readonly right: number
  readonly colour: 'broken' | 'accent'
  readonly words: string
}

/** Half of its words, at most, so that they stay within the drawing. */
const HALF = 78

function Pole({ x, y, right, colour, words }: PoleProps) {
  const anchor = x < HALF ? 'start' : x > right - HALF ? 'end' : 'middle'
  const line = colour === 'broken' ? 'var(--broken-solid)' : 'var(--accent)'
  const ink = colour === 'broken' ? 'var(--broken-ink)' : 'var(--accent)'
  return (
    <>
      <path d={`M${x} ${Math.max(24, y)}V24`} stroke={line} strokeWidth={1.5} />
      <text
        x={anchor === 'start' ? 0 : x}
        y={17}
        textAnchor={anchor}
        fontSize={15}
        fontWeight={600}
        fill={ink}
      >
        {words}
      </text>
    </>
  )
}

interface DepthsProps {
  readonly count: number
  readonly found: number | null
  readonly middle: (depth: number) => number
}

/** The first depth, the last, and that of the counterexample, where they do not stand in each other's way. */
function Depths({ count, found, middle }: DepthsProps) {
  const apart = 28
  const wanted = [found ?? 0, count].filter((depth) => depth > 1 && middle(depth) > 84)
  const placed = wanted.filter(
    (depth, at) => at === 0 || Math.abs(middle(depth) - middle(wanted[0] ?? 0)) > apart,
  )
  return (
    <g fontSize={15} fill="var(--ink-3)">
      <text x={0} y={142}>
        depth 1
      </text>
      {placed.map((depth) => (
        <text key={depth} x={middle(depth)} y={142} textAnchor="middle">
          {depth}
        </text>
      ))}
    </g>
  )
}

function inWords(bars: readonly number[], found: number | null): string {
  if (bars.length === 0) return 'States by depth: none yet'
  const most = Math.max(...bars)
  const where = found === null ? '' : `; the counterexample is at depth ${found}`
  return `States by depth, on a logarithmic scale: ${bars.length} depths, at most ${thousands(most)} at depth ${bars.indexOf(most) + 1}${where}`
}
