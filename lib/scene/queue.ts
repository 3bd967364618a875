// A queue where a tape would stand: a closed head at its right end, where consumers take the next message, and
// torn where it grows. What they hold unacknowledged stands next to the head, hatched.
import type { QueuePart, Slot, TapePart } from '../picture/types.ts'
import { drawSlot } from './cell.ts'
import { fitText, textWidth } from './measure.ts'
import { mono, path, rect, text } from './shapes.ts'
import type { BasicShape, Box, Shape } from './types.ts'

/** A lane of a stream: a tape, or a queue in its place. */
export interface LanePart extends TapePart {
  readonly queue?: QueuePart
}

/** Offsets count from the right end: first what is held, then what is ready, the next one first. */
export function laneOf(queue: QueuePart): LanePart {
  const { id, title, stream, note, ready, unacked } = queue
  const slots = [...unacked, ...ready].map((slot, offset): Slot => ({ ...slot, offset }))
  return {
    kind: 'tape',
    id,
    title,
    stream,
    note,
    first: 0,
    end: slots.length,
    slots,
    badge: '',
    queue,
  }
}

interface Place {
  readonly part: LanePart
  readonly x: number
  readonly y: number
  readonly cells: number
}

const CELL = 40
const HEIGHT = 48
/** Above its cells a lane of an exchange has its name on a rule, and room for what the broker says of messages. */
export const LANE_ABOVE = 52
/** Below its cells: brackets, and the counts under them. */
export const LANE_BELOW = 26

/** How many messages are drawn; the last cell tells how many more there are. */
const shown = ({ part, cells }: Place): number => (part.end <= cells ? part.end : cells - 1)

export function queueCell(place: Place, offset: number): Box | null {
  if (offset < 0 || offset >= shown(place)) return null
  const x = place.x + (place.cells - 1 - offset) * CELL
  return { x, y: place.y, width: CELL, height: HEIGHT }
}

function drawOne(place: Place, slot: Slot, isHot: boolean): readonly Shape[] {
  const box = queueCell(place, slot.offset)
  if (box === null) return []
  const inner = { x: box.x + 1, y: box.y + 1, width: CELL - 2, height: HEIGHT - 2 }
  return [...(isHot ? [rect(inner, 0, 'tape.hot')] : []), ...drawSlot(slot, box)]
}

export function drawQueue(
  place: Place,
  queue: QueuePart,
  isHot: (slot: Slot | null, offset: number) => boolean,
): readonly Shape[] {
  const { part, x, y, cells } = place
  const right = x + cells * CELL
  const more = part.end - shown(place)
  const rules = Array.from({ length: cells - 1 }, (_, i) =>
    path(`M${x + (i + 1) * CELL} ${y}V${y + HEIGHT}`, 'tape.cell'),
  )
  return [
    ...drawLaneName(place),
    rect({ x, y, width: right - x, height: HEIGHT }, 0, 'tape.ground'),
    ...rules,
    ...part.slots.flatMap((slot) => drawOne(place, slot, isHot(slot, slot.offset))),
    path(`M${x} ${y}H${right}M${x} ${y + HEIGHT}H${right}`, 'tape.rule'),
    path(`M${x} ${y}${'l-4 8l4 8'.repeat(3)}`, 'tape.rule'),
    path(`M${right} ${y - 1}V${y + HEIGHT + 1}`, 'queue.head'),
    ...(more > 0 ? [mono({ x: x + 6, y: y + 29 }, `+${more}`, 'ink-2')] : []),
    ...drawCounts(place, queue),
    ...drawSaid(place),
  ]
}

/** Above its cells, on a rule: its name, and what it is as far as there is room for it. */
export function drawLaneName({ part, x, y, cells }: Place): readonly BasicShape[] {
  const right = x + cells * CELL
  const title = fitText(part.title, right - x, { weight: 600 })
  const room = right - x - textWidth(title, 15, 600) - 12
  const { note = '' } = part
  const [first = ''] = note.split(', ')
  const words = [note, first].find((each) => textWidth(each, 15) <= room) ?? ''
  return [
    text({ x, y: y - 36 }, title, 'ink', { weight: 600 }),
    text({ x: right, y: y - 36 }, words, 'ink-3', { anchor: 'end' }),
    path(`M${x} ${y - 27}H${right}`, 'rule.ink'),
  ]
}

/** Under the cells: how many are in somebody's hands, and how many wait; none has no bracket. */
function drawCounts(place: Place, { ready, unacked }: QueuePart): readonly BasicShape[] {
  const { x, y, cells } = place
  const right = x + cells * CELL
  const end = Math.max(x, right - place.part.end * CELL)
  const divider = Math.max(x, right - unacked.length * CELL)
  const parts = [
    { from: divider, to: right, words: `unacked ${unacked.length}`, count: unacked.length },
    { from: end, to: divider, words: `ready ${ready.length}`, count: ready.length },
  ]
  // Under its bracket, or as near to it as the words before it leave room for, from the head on.
  let [free, left] = [right, parts.reduce((sum, { words, count }) => sum + wide(words, count), x)]
  return parts.flatMap(({ from, to, words, count }) => {
    if (count === 0) return []
    const width = textWidth(words, 15)
    left -= wide(words, count)
    const middle = Math.min(Math.max((from + to) / 2, left + width / 2), free - width / 2)
    free = middle - width / 2 - APART
    const d = `M${from + 2} ${y + 52}v5H${to - 2}v-5`
    return [
      ...(to > from ? [path(d, 'bracket')] : []),
      text({ x: middle, y: y + 72 }, words, 'ink-3', { anchor: 'middle' }),
    ]
  })
}

const APART = 12
const wide = (words: string, count: number): number =>
  count === 0 ? 0 : textWidth(words, 15) + APART

interface Run {
  readonly said: string
  readonly from: number
  readonly to: number
}

/** Neighbours of which the same is said, by their places from the head. */
function runsOf(place: Place): readonly Run[] {
  const runs: Run[] = []
  for (const { said = '', offset } of place.part.slots.slice(0, shown(place))) {
    const last = runs.at(-1)
    if (last?.said === said) runs[runs.length - 1] = { ...last, to: offset }
    else runs.push({ said, from: offset, to: offset })
  }
  return runs.filter(({ said }) => said !== '')
}

/** Above the cells: what is said of them, where words fit; those nearest to the head come first. */
function drawSaid(place: Place): readonly BasicShape[] {
  const { x, y, cells } = place
  const right = x + cells * CELL
  let free = right
  return runsOf(place).flatMap(({ said, from, to }) => {
    const [a, b] = [right - (to + 1) * CELL, right - from * CELL]
    const bracket = path(`M${a + 2} ${y - 1}v-4H${b - 2}v4`, 'bracket')
    const width = textWidth(said, 15, 400, 'mono')
    const start = Math.max(x, Math.min((a + b) / 2 - width / 2, free - width))
    if (start + width > free) return [bracket]
    free = start - 12
    return [bracket, mono({ x: start + width / 2, y: y - 10 }, said, 'ink-2', { anchor: 'middle' })]
  })
}
