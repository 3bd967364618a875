// From a point to what is drawn there, and the order in which the keyboard visits the parts.
import { movingAt } from './flights.ts'
import { offsetAt } from './motion.ts'
import { pointAt } from './track.ts'
import type { Box, PlacedPart, Point, Scene } from './types.ts'

export type Hit =
  | { readonly kind: 'message'; readonly message: string; readonly on: string }
  | { readonly kind: 'part'; readonly part: string }
  | { readonly kind: 'wire'; readonly wire: string }

const inside = (box: Box, { x, y }: Point, slack = 0): boolean =>
  x >= box.x - slack &&
  x <= box.x + box.width + slack &&
  y >= box.y - slack &&
  y <= box.y + box.height + slack

const near = (a: Point, b: Point, reach: number): boolean =>
  Math.hypot(a.x - b.x, a.y - b.y) <= reach

/** What is under a point: a token in flight, a token in a part, a part, a line, or nothing. */
export function hit(scene: Scene, point: Point, timeMs = scene.timeMs): Hit | null {
  const moving = timeMs === scene.timeMs ? scene.moving : movingAt(scene.flights, timeMs)
  const flying = moving.findLast((token) => near(token, point, token.radius + 2))
  if (flying !== undefined)
    return { kind: 'message', message: flying.token.message, on: flying.wire }
  const part = scene.parts.findLast((one) => one.selectable && inside(one.box, point))
  if (part !== undefined) {
    const token = part.shapes.findLast((s) => {
      if (s.shape !== 'token') return false
      return near({ x: s.x + offsetAt(s.motion, timeMs), y: s.y }, point, s.radius + 2)
    })
    if (token?.shape === 'token' && token.token.message !== '')
      return { kind: 'message', message: token.token.message, on: part.id }
    return { kind: 'part', part: part.id }
  }
  const wire = scene.wires.findLast(({ track }) => {
    for (let i = 0; i <= 40; i++) if (near(pointAt(track, i / 40), point, 8)) return true
    return false
  })
  return wire === undefined ? null : { kind: 'wire', wire: wire.ids[0] ?? '' }
}

const columns: Partial<Record<PlacedPart['kind'], number>> = {
  producer: 0,
  stream: 1,
  tape: 1,
  node: 1,
  fold: 1,
  consumer: 2,
  collapsed: 2,
  sink: 3,
  'dedup store': 3,
}

/** Reading order: producer, topic, groups, sinks, each from the top; stacked, simply from the top. */
export function order(scene: Scene): readonly string[] {
  const column = (part: PlacedPart) => (scene.layout === 'stack' ? 0 : (columns[part.kind] ?? 4))
  return scene.parts
    .filter((part) => part.selectable)
    .toSorted((a, b) => column(a) - column(b) || a.box.y - b.box.y || a.box.x - b.box.x)
    .map((part) => part.id)
}
