// Makers of basic shapes, and the small marks of the design: bolt, octagon, arrow head, hatch, letter box.
import { textWidth } from './measure.ts'
import type { Role } from './style.ts'
import { round } from './track.ts'
import type {
  BasicShape,
  Box,
  CircleShape,
  PathShape,
  Point,
  RectShape,
  TextShape,
} from './types.ts'

export const rect = (box: Box, radius: number, role: Role): RectShape => ({
  shape: 'rect',
  x: round(box.x),
  y: round(box.y),
  width: round(box.width),
  height: round(box.height),
  radius,
  role,
})

export const path = (d: string, role: Role, at: Point = { x: 0, y: 0 }): PathShape => ({
  shape: 'path',
  d,
  role,
  x: round(at.x),
  y: round(at.y),
})

export const circle = (x: number, y: number, radius: number, role: Role): CircleShape => ({
  shape: 'circle',
  x: round(x),
  y: round(y),
  radius,
  role,
})

type Lettering = Partial<Omit<TextShape, 'shape' | 'x' | 'y' | 'text' | 'role'>>

export const text = (
  at: Point,
  words: string,
  role: Role,
  lettering: Lettering = {},
): TextShape => ({
  shape: 'text',
  x: round(at.x),
  y: round(at.y),
  text: words,
  role,
  size: 15,
  weight: 400,
  family: 'sans',
  anchor: 'start',
  tracking: 0,
  ...lettering,
})

export const mono = (at: Point, words: string, role: Role, lettering: Lettering = {}) =>
  text(at, words, role, { family: 'mono', ...lettering })

const BOLT = 'M1.6 -8L-5 1.6H-0.6L-1.8 8L5 -2.2H0.5Z'
const OCTAGON = 'M-3.73 -9H3.73L9 -3.73V3.73L3.73 9H-3.73L-9 3.73V-3.73Z'

export const bolt = (x: number, y: number): PathShape => path(BOLT, 'bolt', { x, y })

export const boltDisc = (x: number, y: number): readonly BasicShape[] => [
  circle(x, y, 12, 'bolt.disc'),
  bolt(x, y),
]

/** The mark of a broken guarantee, 18 across or as large as `scale` makes it. */
export function octagon(x: number, y: number, scale = 1): readonly BasicShape[] {
  const scaled = (d: string) => d.replace(/-?\d+(\.\d+)?/g, (n) => String(round(Number(n) * scale)))
  return [
    path(scaled(OCTAGON), 'octagon', { x, y }),
    path(scaled('M-3.2 -3.2L3.2 3.2M3.2 -3.2L-3.2 3.2'), 'octagon.cross', { x, y }),
  ]
}

/** A numbered disc of a causal path: r 12. */
export const stepDisc = (
  x: number,
  y: number,
  words: string,
  bad: boolean,
): readonly BasicShape[] => [
  circle(x, y, 12, bad ? 'step.bad' : 'step'),
  text({ x, y: y + 5.3 }, words, bad ? 'text.on-broken' : 'text.paper', {
    weight: 600,
    anchor: 'middle',
  }),
]

/** A group's letter in its box, beside a name: 20 × 18 on a card, 22 × 20 in a heading. */
export function letterBox(x: number, y: number, letter: string, size: 'card' | 'heading') {
  const [width, height, baseline] = size === 'card' ? [20, 18, 13.6] : [22, 20, 15.4]
  return [
    rect({ x, y, width, height }, 0, 'letter'),
    mono({ x: x + width / 2, y: y + baseline }, letter, 'ink', { weight: 600, anchor: 'middle' }),
  ]
}

const HEADS = {
  right: 'M-7 -4.5L0 0L-7 4.5',
  left: 'M7 -4.5L0 0L7 4.5',
  up: 'M-4.5 7L0 0L4.5 7',
  down: 'M-4.5 -7L0 0L4.5 -7',
} as const

export const head = (tip: Point, role: Role, towards: keyof typeof HEADS = 'right'): PathShape =>
  path(HEADS[towards], role, tip)

/** Slanting lines clipped to a box, 6 apart: the fill of what is not yet settled. */
export function hatch(box: Box): PathShape {
  const spacing = 6 * Math.SQRT2
  let d = ''
  for (let start = spacing / 2; start < box.width + box.height; start += spacing) {
    // The line x + y = start, from the top or right edge down to the left or bottom edge.
    const x0 = Math.min(start, box.width)
    const y0 = start - x0
    const y1 = Math.min(start, box.height)
    const x1 = start - y1
    d += `M${round(box.x + x0)} ${round(box.y + y0)}L${round(box.x + x1)} ${round(box.y + y1)}`
  }
  return path(d, 'tape.hatch')
}

/** Words on a paper plate, so that no line runs through them; centred on a point. */
export function plate(
  x: number,
  y: number,
  lines: readonly string[],
  role: Role,
): readonly BasicShape[] {
  const width = Math.max(...lines.map((line) => textWidth(line, 15, 600))) + 2
  const top = y - lines.length * 10 - 3
  return [
    rect({ x: x - width / 2, y: top, width, height: lines.length * 20 + 6 }, 0, 'plate'),
    ...lines.map((line, i) =>
      text({ x, y: top + 18 + i * 20 }, line, role, {
        anchor: 'middle',
        weight: i === 0 ? 600 : 400,
      }),
    ),
  ]
}
