// A token: the shape of its key with the order id inside, and what is told about it by outlines and tags.
import type { Token } from '../picture/types.ts'
import { MOVE_MS } from './motion.ts'
import { circle, path, rect, text } from './shapes.ts'
import { type KeyShape, keyShapes, type Role } from './style.ts'
import { round } from './track.ts'
import type { BasicShape, Box, Point } from './types.ts'

type Drawn = KeyShape | 'keyless'

/** More than five keys: the shapes come round again, in order, with a notched ring. */
export const drawnAs = (token: Token): Drawn =>
  token.shape < 0 ? 'keyless' : (keyShapes[token.shape % keyShapes.length] ?? 'circle')

const hasNotch = (token: Token): boolean => token.shape >= keyShapes.length

/** The outline of a key's shape around a point; nominal radius 15 gives the sizes of the design. */
function outline(drawn: Drawn, r: number, role: Role, at: Point): BasicShape {
  if (drawn === 'circle') return circle(at.x, at.y, round(r), role)
  if (drawn === 'square' || drawn === 'keyless') {
    const half = r * 0.9
    const box: Box = { x: at.x - half, y: at.y - half, width: half * 2, height: half * 2 }
    return rect(box, drawn === 'square' ? round(r * (2 / 15)) : round(half * 0.45), role)
  }
  const n = (value: number) => round(value * r)
  if (drawn === 'triangle') {
    const [top, half, base] = [n(17 / 15), n(1.2), n(13.6 / 15)]
    return path(`M0 ${-top}L${half} ${base}H${-half}Z`, role, at)
  }
  if (drawn === 'diamond') {
    const side = n(18.2 / 15)
    return path(`M0 ${-side}L${side} 0L0 ${side}L${-side} 0Z`, role, at)
  }
  const [half, height, wide] = [n(8.6 / 15), n(1), n(17.2 / 15)]
  return path(
    `M${-half} ${-height}H${half}L${wide} 0L${half} ${height}H${-half}L${-wide} 0Z`,
    role,
    at,
  )
}

/** Half the width of a shape: 15, 13.5, 18, 18.2, 17.2 at nominal radius 15. */
export function halfWidth(token: Token, radius: number): number {
  const drawn = drawnAs(token)
  const share = {
    circle: 15,
    square: 13.5,
    triangle: 18,
    diamond: 18.2,
    hexagon: 17.2,
    keyless: 13.5,
  }
  return (share[drawn] / 15) * radius
}

/** What fits inside a token: up to three signs; of a longer id its end. */
export const shortLabel = (label: string): string =>
  label.length <= 3 ? label : `…${label.slice(-2)}`

/** Radius below which a token carries no id (timelines, followers' tapes, legends). */
const LABELLED = 11
/** The second outline stands 4px out. */
const RING = 1.28

/** Everything that draws a token, back to front, around a point. */
export function tokenShapes(
  token: Token,
  at: Point,
  radius: number,
  taggedMs?: number,
): readonly BasicShape[] {
  const drawn = drawnAs(token)
  const shapes: BasicShape[] = []
  const mini = radius < LABELLED
  if (token.times > 1 && !mini) shapes.push(...tag(at, token.times, taggedMs))
  if (hasNotch(token)) shapes.push(outline(drawn, radius + 3, `${drawn}.notch`, at))
  if (token.redelivered)
    shapes.push(
      mini
        ? outline(drawn, round(radius + 2.05), `${drawn}.thin`, at)
        : outline(drawn, round(radius * RING), `${drawn}.ring`, at),
    )
  shapes.push(
    outline(
      drawn,
      radius,
      token.ghost ? `${drawn}.ghost` : `${drawn}.${mini ? 'mini' : 'fill'}`,
      at,
    ),
  )
  if (mini) return shapes
  const label = shortLabel(token.label)
  const role: Role = token.ghost ? 'ink-2' : `${drawn}.text`
  const dy = drawn === 'triangle' ? 10.4 : 5.4
  const tracking = label.length > 2 ? -0.07 : -0.03
  shapes.push(
    text({ x: at.x, y: at.y + dy }, label, role, { weight: 600, anchor: 'middle', tracking }),
  )
  return shapes
}

/** The vermilion tag of an effect that stands more than once: slides out to the right, from behind. */
function tag(at: Point, times: number, taggedMs: number | undefined): readonly BasicShape[] {
  const width = times > 9 ? 54 : 46
  const middle = times > 9 ? 35 : 31
  const plate = rect({ x: at.x, y: at.y - 12, width, height: 24 }, 12, 'tag')
  const words = text({ x: at.x + middle, y: at.y + 5.4 }, `×${times}`, 'text.on-broken', {
    weight: 600,
    anchor: 'middle',
  })
  if (taggedMs === undefined) return [plate, words]
  // Its left end stays behind the token; only as much of it as the token covers is there at first.
  const grown = { at, from: { x: 15 / width, y: 1 }, ms: MOVE_MS }
  const from = { dx: 15 - width, sinceMs: taggedMs }
  return [
    { ...plate, motion: { kind: 'grow', ...grown, sinceMs: taggedMs } },
    { ...words, motion: { kind: 'slide', slides: [from] } },
  ]
}

/** The wake's role: the key's colour, 4 wide. */
export const wakeRole = (token: Token): Role => `${drawnAs(token)}.wake`
