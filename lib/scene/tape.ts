// A partition: ruled cells 40 × 48 with what stands in them, offsets below, flags on the edges.
import type { PointerPart, Slot } from '../picture/types.ts'
import { drawSlot } from './cell.ts'
import { drawFlags } from './flags.ts'
import { drawLocks, lockLetters } from './locks.ts'
import { isUnderWay, MOVE_MS, type Moves, slide } from './motion.ts'
import { drawLaneName, drawQueue } from './queue.ts'
import { mono, path, rect, text } from './shapes.ts'
import type { Role } from './style.ts'
import {
  bottomOf,
  CELL,
  cellBox,
  firstCell,
  slotAt,
  TAPE_HEIGHT,
  type TapePlace,
} from './tape-place.ts'
import type { BasicShape, Box, Motion, Shape, Slide } from './types.ts'

export interface TapeLook {
  readonly pointers: readonly PointerPart[]
  readonly isHot: (slot: Slot | null, offset: number) => boolean
  readonly moves: Moves
}

export function drawTape(place: TapePlace, look: TapeLook): readonly Shape[] {
  if (place.part.queue !== undefined) return drawQueue(place, place.part.queue, look.isHot)
  const first = firstCell(place)
  const { part, y } = place
  const band = { y, height: TAPE_HEIGHT, start: part.start ?? 0 }
  const shapes: Shape[] = [...drawName(place, look.pointers), ...drawBand(place, band)]
  const shifting = shiftOf(place, look.moves)
  for (let offset = first; offset < first + place.cells; offset++)
    shapes.push(...drawCell(place, offset, look).map((shape) => ({ ...shape, ...shifting })))
  const locks = drawLocks(place, first).map((shape) => ({ ...shape, ...shifting }))
  return [...shapes, ...drawFlags(place, look.pointers, shifting), ...lockLetters(place), ...locks]
}

/** Left of its cells; of an opened partition above them, for there its nodes stand. */
function drawName(place: TapePlace, pointers: readonly PointerPart[]): readonly BasicShape[] {
  const { part, labelX, x, y, rows } = place
  if (place.named === 'above') return drawLaneName(place)
  const lettering = { size: 18, weight: 600 } as const
  const isOpen = rows.length > 0
  const name = mono({ x: labelX, y: isOpen ? y - 14 : y + 30 }, part.title, 'ink', lettering)
  const after = labelX + part.title.length * 10.8 + 10
  if (isOpen) {
    const isWell = part.badge === ''
    const words = isWell ? 'opened' : part.badge
    return [name, text({ x: after, y: y - 14 }, words, isWell ? 'ink-3' : BAD)]
  }
  if (part.badge === '') return [name]
  // On the side where no pennant stands.
  const first = firstCell(place)
  const isRight = pointers.some(({ flag, at }) => flag !== 'committed' && at - first < 2)
  const at = isRight ? { x: x + place.cells * CELL, y: y - 8 } : { x, y: y - 8 }
  return [name, text(at, part.badge, BAD, { anchor: isRight ? 'end' : 'start', weight: 600 })]
}

const BAD: Role = 'text.fault'

/** The ground of a row of cells and its edges: torn where it goes on, closed where it begins. */
export function drawBand(
  place: TapePlace,
  band: { readonly y: number; readonly height: number; readonly start: number },
): readonly BasicShape[] {
  const { x, cells } = place
  const { y, height, start } = band
  const [right, bottom, first] = [x + cells * CELL, y + height, firstCell(place)]
  const left = x + Math.min(cells, Math.max(0, start - first)) * CELL
  const shapes: BasicShape[] = [rect({ x: left, y, width: right - left, height }, 0, 'tape.ground')]
  for (let ruleX = x + CELL; ruleX < right; ruleX += CELL)
    if (ruleX > left) shapes.push(path(`M${ruleX} ${y}V${bottom}`, 'tape.cell'))
  const begins = first <= start
  const closed = begins ? `M${left} ${y}V${bottom}` : ''
  shapes.push(
    path(`M${left} ${y}H${right}M${left} ${bottom}H${right}${closed}`, 'tape.rule'),
    path(torn(right, y, height), 'tape.rule'),
  )
  if (!begins) shapes.push(path(torn(x, y, height), 'tape.rule'))
  // What was deleted keeps its offsets and nothing else.
  if (left > x) shapes.push(path(`M${left} ${y}H${x}V${bottom}H${left}`, 'tape.deleted'))
  return shapes
}

/** A full tape shifts by a cell for each record written just now. */
export function shiftOf(place: TapePlace, moves: Moves): { readonly motion?: Motion } {
  const slides: Slide[] = []
  // Where another row goes further it does not shift with the leader's.
  if (firstCell(place) !== place.part.end - (place.cells - 1)) return {}
  for (let offset = place.part.end - 1; offset >= place.cells - 1; offset--) {
    const sinceMs = slotAt(place.part, offset)?.sinceMs
    if (sinceMs === undefined || !isUnderWay(moves, sinceMs, MOVE_MS)) break
    slides.push({ dx: CELL, sinceMs })
  }
  // More than a tape holds came at once: what leads to here has left already.
  return slide(moves, slides.slice(0, 2))
}

function torn(x: number, y: number, height: number): string {
  const step = Math.round((height / 6) * 100) / 100
  return `M${x} ${y}${`l4 ${step}l-4 ${step}`.repeat(3)}`
}

function drawCell(place: TapePlace, offset: number, look: TapeLook): readonly Shape[] {
  const box = cellBox(place, offset)
  if (box === null) return []
  const slot = slotAt(place.part, offset)
  const shapes: Shape[] = slot === null ? [] : [...drawSlot(slot, box)]
  if (look.isHot(slot, offset)) shapes.unshift(hot(box))
  const words = offset === firstCell(place) && offset > 0 ? `…${offset}` : String(offset)
  const size = words.length * 9 > CELL - 2 ? 13 : 15
  const at = { x: box.x + CELL / 2, y: bottomOf(place) + 18 }
  shapes.push(mono(at, words, 'ink-3', { anchor: 'middle', size }))
  return shapes
}

/** The outline of a cell that the reader looks for. */
export const hot = (box: Box): BasicShape =>
  rect({ x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 }, 0, 'tape.hot')
