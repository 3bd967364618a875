// A partition: ruled cells 40 × 48, tokens and pips in them, offsets below, flags on the edges.
import type { PointerPart, Slot, TapePart } from '../picture/types.ts'
import { isUnderWay, MOVE_MS, type Moves, slide } from './motion.ts'
import { drawQueue, type LanePart, queueCell } from './queue.ts'
import { circle, hatch, mono, path, rect } from './shapes.ts'
import type { BasicShape, Box, Motion, Shape, Slide } from './types.ts'

export const CELL = 40
export const TAPE_HEIGHT = 48
/** Room above for the HW pennant, and below for offsets and the flags of committed positions. */
export const TAPE_ABOVE = 24
export const TAPE_BELOW = 46
const TOKEN_Y = 20
const PIP_Y = 42.5

export interface TapePlace {
  readonly part: LanePart
  /** Left edge of the first cell, top of the cells, and how many cells there are. */
  readonly x: number
  readonly y: number
  readonly cells: number
  readonly labelX: number
}

/** Offset of the first cell drawn: the last ones that fit, with one free cell where it grows. */
export const firstCell = (place: TapePlace): number =>
  Math.max(0, place.part.end - (place.cells - 1))

/** Middle of an offset's cell; null when it is not among the cells drawn. */
export function cellBox(place: TapePlace, offset: number): Box | null {
  if (place.part.queue !== undefined) return queueCell(place, offset)
  const index = offset - firstCell(place)
  if (index < 0 || index >= place.cells) return null
  return { x: place.x + index * CELL, y: place.y, width: CELL, height: TAPE_HEIGHT }
}

export function slotAt(part: TapePart, offset: number): Slot | null {
  const slot = part.slots[offset - part.first]
  return slot?.offset === offset ? slot : (part.slots.find((s) => s.offset === offset) ?? null)
}

export const tapeBox = (place: TapePlace): Box => ({
  x: place.labelX,
  y: place.y,
  width: place.x + place.cells * CELL + 4 - place.labelX,
  height: TAPE_HEIGHT,
})

export interface TapeLook {
  readonly pointers: readonly PointerPart[]
  readonly isHot: (offset: number) => boolean
  readonly moves: Moves
}

export function drawTape(place: TapePlace, look: TapeLook): readonly Shape[] {
  const { part, x, y } = place
  if (part.queue !== undefined) return drawQueue(place, part.queue, look.isHot)
  const right = x + place.cells * CELL
  const first = firstCell(place)
  const shapes: Shape[] = [
    mono({ x: place.labelX, y: y + 30 }, part.title, 'ink', { size: 18, weight: 600 }),
    rect({ x, y, width: right - x, height: TAPE_HEIGHT }, 0, 'tape.ground'),
  ]
  for (let i = 1; i < place.cells; i++)
    shapes.push(path(`M${x + i * CELL} ${y}V${y + TAPE_HEIGHT}`, 'tape.cell'))
  const bottom = y + TAPE_HEIGHT
  const closed = first === 0 ? `M${x} ${y}V${bottom}` : ''
  shapes.push(
    path(`M${x} ${y}H${right}M${x} ${bottom}H${right}${closed}`, 'tape.rule'),
    path(torn(right, y), 'tape.rule'),
  )
  if (first > 0) shapes.push(path(torn(x, y), 'tape.rule'))
  const shifting = shiftOf(place, look.moves)
  for (let offset = first; offset < first + place.cells; offset++)
    shapes.push(...drawCell(place, offset, look).map((shape) => ({ ...shape, ...shifting })))
  return [...shapes, ...drawFlags(place, look.pointers, shifting)]
}

/** A full tape shifts by a cell for each record written just now. */
function shiftOf(place: TapePlace, moves: Moves): { readonly motion?: Motion } {
  const slides: Slide[] = []
  for (let offset = place.part.end - 1; offset >= place.cells - 1; offset--) {
    const sinceMs = slotAt(place.part, offset)?.sinceMs
    if (sinceMs === undefined || !isUnderWay(moves, sinceMs, MOVE_MS)) break
    slides.push({ dx: CELL, sinceMs })
  }
  // More than a tape holds came at once: what leads to here has left already.
  return slide(moves, slides.slice(0, 2))
}

const torn = (x: number, y: number): string => `M${x} ${y}l4 8l-4 8l4 8l-4 8l4 8l-4 8`

function drawCell(place: TapePlace, offset: number, look: TapeLook): readonly Shape[] {
  const box = cellBox(place, offset)
  if (box === null) return []
  const middle = box.x + CELL / 2
  const slot = slotAt(place.part, offset)
  const shapes: Shape[] = []
  if (slot !== null && slot.status !== 'stored') shapes.push(hatch(box))
  if (look.isHot(offset))
    shapes.push(
      rect({ x: box.x + 1, y: box.y + 1, width: CELL - 2, height: TAPE_HEIGHT - 2 }, 0, 'tape.hot'),
    )
  if (slot !== null && slot.token !== null) {
    const at = { x: middle, y: box.y + TOKEN_Y }
    const radius = slot.token.redelivered ? 11.5 : 15
    shapes.push({ shape: 'token', ...at, token: slot.token, radius, dim: false })
    shapes.push(...pips(slot.token.seq, middle, box.y + PIP_Y))
  }
  const words = offset === firstCell(place) && offset > 0 ? `…${offset}` : String(offset)
  const size = words.length * 9 > CELL - 2 ? 13 : 15
  shapes.push(mono({ x: middle, y: box.y + 66 }, words, 'ink-3', { anchor: 'middle', size }))
  return shapes
}

/** Room for 14 in a cell: two bars and four dots; the count then begins again. */
const PIPS_TOLD_APART = 15

/** The nth event of its key: one pip each; past five a bar stands for five. */
export function pips(seq: number, x: number, y: number): readonly BasicShape[] {
  if (seq <= 0) return []
  const shown = ((seq - 1) % PIPS_TOLD_APART) + 1
  const bars = shown > 5 ? Math.floor(shown / 5) : 0
  const dots = shown - bars * 5
  const pitch = bars === 0 ? 6 : 5
  const left = x - (bars * 9 + dots * pitch) / 2
  const box = (i: number) => ({ x: left + i * 9 + 1, y: y - 2, width: 7, height: 4 })
  const dotX = (i: number) => left + bars * 9 + (i + 0.5) * pitch
  return [
    ...Array.from({ length: bars }, (_, i) => rect(box(i), 2, 'pip')),
    ...Array.from({ length: dots }, (_, i) => circle(dotX(i), y, 2, 'pip')),
  ]
}

/** One flag of committed positions, once it is known on which side of its pole it stands. */
interface Flag {
  readonly x: number
  readonly letters: string
  readonly hot: boolean
  readonly width: number
  readonly left: boolean
  readonly row: number
}

export const flagWidth = (letters: string): number => 9 + 13 * letters.length

/** Right to left: a flag stands right of its pole, else left of it, else a row lower. */
export function arrangeFlags(
  poles: readonly { readonly x: number; readonly letters: string; readonly hot: boolean }[],
): readonly Flag[] {
  const flags: Flag[] = []
  let limit = Number.POSITIVE_INFINITY
  let row = 0
  for (const pole of [...poles].sort((a, b) => b.x - a.x)) {
    const width = flagWidth(pole.letters)
    if (pole.x + width <= limit) {
      flags.unshift({ ...pole, width, left: false, row: 0 })
      limit = pole.x
      row = 0
    } else if (pole.x <= limit && flags.length > 0) {
      flags.unshift({ ...pole, width, left: true, row: 0 })
      limit = pole.x - width
      row = 0
    } else {
      row++
      flags.unshift({ ...pole, width, left: false, row })
    }
  }
  return flags
}

function drawFlags(
  place: TapePlace,
  pointers: readonly PointerPart[],
  shifting: { readonly motion?: Motion },
): readonly BasicShape[] {
  const first = firstCell(place)
  const xOf = (at: number) => place.x + Math.min(place.cells, at - first) * CELL
  const shapes: BasicShape[] = []
  for (const pointer of pointers)
    if (pointer.flag === 'HW' && pointer.at >= first)
      shapes.push(...watermark(xOf(pointer.at), place))
  const poles = pointers
    .filter((pointer) => pointer.flag === 'committed' && pointer.groups.length > 0)
    .flatMap((pointer) => polesOf(pointer, xOf(Math.max(first, pointer.at)), pointer.at < first))
  // A flag at the left edge stands for a position further left: it stays. The watermark moves with the end.
  for (const flag of arrangeFlags(mergeAt(poles))) {
    const drawn = drawFlag(flag, place.y + TAPE_HEIGHT)
    shapes.push(...(flag.x === place.x ? drawn : drawn.map((s) => ({ ...s, ...shifting }))))
  }
  return shapes
}

type Pole = { readonly x: number; readonly letters: string; readonly hot: boolean }

/** A lagging group gets its own pole's colours only if it stands alone there or all of them lag. */
function polesOf(pointer: PointerPart, x: number, before: boolean): readonly Pole[] {
  const letters = pointer.groups.map((group) => group.letter).join('')
  return [{ x, letters: before ? `‹${letters}` : letters, hot: pointer.groups.some((g) => g.hot) }]
}

function mergeAt(poles: readonly Pole[]): readonly Pole[] {
  const merged = new Map<number, Pole>()
  for (const pole of poles) {
    const other = merged.get(pole.x)
    const letters = other === undefined ? pole.letters : joined(other.letters, pole.letters)
    merged.set(pole.x, { x: pole.x, letters, hot: pole.hot || (other?.hot ?? false) })
  }
  return [...merged.values()]
}

const joined = (a: string, b: string): string => a + (a.startsWith('‹') ? b.replace('‹', '') : b)

function drawFlag(flag: Flag, bottom: number): readonly BasicShape[] {
  const [pole, pen] = flag.hot
    ? (['flag.pole.hot', 'flag.pen.hot'] as const)
    : (['flag.pole', 'flag.pen'] as const)
  const top = bottom + 24 + flag.row * 22
  const left = flag.left ? flag.x - flag.width : flag.x
  return [
    path(`M${flag.x} ${bottom}V${top + 22}`, pole),
    path(`M${left} ${top}h${flag.width}v20h${-flag.width}Z`, pen),
    mono(
      { x: left + flag.width / 2 + 2, y: top + 15.4 },
      flag.letters,
      flag.hot ? 'text.fault' : 'ink',
      {
        weight: 600,
        anchor: 'middle',
        tracking: 0.18,
      },
    ),
  ]
}

/** The high watermark: a dark pennant above the tape, on the edge of the next offset. */
function watermark(x: number, place: TapePlace): readonly BasicShape[] {
  const flips = x + 36 > place.x + place.cells * CELL + 24
  const top = place.y - 24
  const wing = flips ? `M${x} ${top}h-36l5 9l-5 9h36Z` : `M${x} ${top}h36l-5 9l5 9h-36Z`
  return [
    path(`M${x} ${top + 2}V${place.y + TAPE_HEIGHT}`, 'hw.pole'),
    path(wing, 'hw.flag'),
    mono({ x: flips ? x - 23 : x + 5, y: top + 14.5 }, 'HW', 'text.paper', { weight: 600 }),
  ]
}
