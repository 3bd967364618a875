// A queue where a tape would stand: a closed box, not a torn one. The next message stands at its right end,
// where consumers take it; what they hold unacknowledged stands beyond a line, hatched.
import type { QueuePart, Slot, TapePart } from '../picture/types.ts'
import { circle, hatch, mono, path, rect } from './shapes.ts'
import type { Box, Shape } from './types.ts'

/** A lane of a stream: a tape, or a queue in its place. */
export interface LanePart extends TapePart {
  readonly queue?: QueuePart
}

/** Offsets count from the right end: first what is held, then what is ready, the next one first. */
export function laneOf(queue: QueuePart): LanePart {
  const { id, title, stream, ready, unacked } = queue
  const slots = [...unacked, ...ready].map((slot, offset): Slot => ({ ...slot, offset }))
  return { kind: 'tape', id, title, stream, first: 0, end: slots.length, slots, badge: '', queue }
}

interface Place {
  readonly part: LanePart
  readonly x: number
  readonly y: number
  readonly cells: number
  readonly labelX: number
}

const CELL = 40
const HEIGHT = 48

/** How many messages are drawn; the last cell tells how many more there are. */
const shown = ({ part, cells }: Place): number => (part.end <= cells ? part.end : cells - 1)

export function queueCell(place: Place, offset: number): Box | null {
  if (offset < 0 || offset >= shown(place)) return null
  const x = place.x + (place.cells - 1 - offset) * CELL
  return { x, y: place.y, width: CELL, height: HEIGHT }
}

function drawSlot(place: Place, slot: Slot, isHot: boolean): readonly Shape[] {
  const box = queueCell(place, slot.offset)
  if (box === null) return []
  const shapes: Shape[] = []
  if (slot.status === 'unacked') shapes.push(hatch(box))
  if (isHot)
    shapes.push(
      rect({ x: box.x + 1, y: box.y + 1, width: CELL - 2, height: HEIGHT - 2 }, 0, 'tape.hot'),
    )
  if (slot.token === null) return shapes
  const radius = slot.token.redelivered ? 11.5 : 15
  const at = { x: box.x + CELL / 2, y: box.y + HEIGHT / 2 }
  return [...shapes, { shape: 'token', ...at, token: slot.token, radius, dim: false }]
}

export function drawQueue(
  place: Place,
  queue: QueuePart,
  isHot: (slot: Slot | null, offset: number) => boolean,
): readonly Shape[] {
  const { part, x, y, cells } = place
  const right = x + cells * CELL
  const [held, ready] = [queue.unacked.length, queue.ready.length]
  const divider = right - Math.min(held, cells) * CELL
  const more = part.end - shown(place)
  const words = `${ready} ready, ${held} unacked`
  return [
    mono({ x: place.labelX, y: y + 30 }, part.title, 'ink', { size: 18, weight: 600 }),
    rect({ x, y, width: right - x, height: HEIGHT }, 8, 'tape.ground'),
    ...part.slots.flatMap((slot) => drawSlot(place, slot, isHot(slot, slot.offset))),
    path(outline(x, y, right), 'tape.rule'),
    circle(x, y + HEIGHT / 2, 3, 'pip'),
    ...(held > 0 ? [path(`M${divider} ${y}V${y + HEIGHT}`, 'tape.rule')] : []),
    ...(more > 0 ? [mono({ x: x + 6, y: y + 29 }, `+${more}`, 'ink-2', { size: 15 })] : []),
    mono({ x: right, y: y + 66 }, words, 'ink-3', { anchor: 'end', size: 13 }),
  ]
}

/** Closed all round, its corners cut: nothing is kept behind what is shown. */
function outline(x: number, y: number, right: number): string {
  const bottom = y + HEIGHT
  return `M${x + 8} ${y}H${right - 8}l8 8V${bottom - 8}l-8 8H${x + 8}l-8 -8V${y + 8}Z`
}
