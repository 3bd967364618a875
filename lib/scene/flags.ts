// Flags on the edges of cells: committed positions below, the high watermark and the last stable offset above.
import type { PointerPart } from '../picture/types.ts'
import { mono, path } from './shapes.ts'
import {
  bottomOf,
  CELL,
  firstCell,
  locksHeight,
  TAPE_HEIGHT,
  type TapePlace,
} from './tape-place.ts'
import type { BasicShape, Motion } from './types.ts'

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

export function drawFlags(
  place: TapePlace,
  pointers: readonly PointerPart[],
  shifting: { readonly motion?: Motion },
): readonly BasicShape[] {
  const first = firstCell(place)
  const xOf = (at: number) => place.x + Math.min(place.cells, at - first) * CELL
  const shapes: BasicShape[] = []
  for (const { flag, at } of pointers) {
    if (flag === 'committed') continue
    // The last stable offset is never above the watermark: where that is further back, it says enough.
    const isTold = flag === 'LSO' && pointers.some((one) => one.flag === 'HW' && one.at < first)
    if (isTold) continue
    if (at < first) shapes.push(...pennantBefore(flag, place))
    else shapes.push(...(flag === 'HW' ? watermark : lastStable)(xOf(at), place))
  }
  const poles = pointers
    .filter((pointer) => pointer.flag === 'committed' && pointer.groups.length > 0)
    .flatMap((pointer) => polesOf(pointer, xOf(Math.max(first, pointer.at)), pointer.at < first))
  // A flag at the left edge stands for a position further left: it stays. The watermark moves with the end.
  for (const flag of arrangeFlags(mergeAt(poles))) {
    const drawn = drawFlag(flag, bottomOf(place), locksHeight(place.part))
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

function drawFlag(flag: Flag, bottom: number, locks: number): readonly BasicShape[] {
  const [pole, pen] = flag.hot
    ? (['flag.pole.hot', 'flag.pen.hot'] as const)
    : (['flag.pole', 'flag.pen'] as const)
  const top = bottom + 24 + locks + flag.row * 22
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

/** The high watermark: a dark pennant above the tape, on the edge of the next offset; a pole through all rows. */
function watermark(x: number, place: TapePlace): readonly BasicShape[] {
  const flips = x + 36 > place.x + place.cells * CELL + 24
  const top = place.y - 24
  const wing = flips ? `M${x} ${top}h-36l5 9l-5 9h36Z` : `M${x} ${top}h36l-5 9l5 9h-36Z`
  return [
    path(`M${x} ${top + 2}V${lastCells(place)}`, 'hw.pole'),
    path(wing, 'hw.flag'),
    mono({ x: flips ? x - 23 : x + 5, y: top + 14.5 }, 'HW', 'text.paper', { weight: 600 }),
  ]
}

/** The last stable offset: a light pennant, so short that the watermark's may stand at the next edge. */
function lastStable(x: number, place: TapePlace): readonly BasicShape[] {
  const top = place.y - 24
  return [
    path(`M${x} ${top + 2}V${lastCells(place)}`, 'lso.pole'),
    path(`M${x} ${top}h37v18h-37Z`, 'lso.flag'),
    mono({ x: x + 5, y: top + 14.5 }, 'LSO', 'ink', { weight: 600 }),
  ]
}

/** One that stands left of the cells shown: at their edge, without a pole. */
function pennantBefore(flag: 'HW' | 'LSO', place: TapePlace): readonly BasicShape[] {
  const words = `‹${flag}`
  const [width, top] = [10 + words.length * 9, place.y - 24]
  return [
    path(`M${place.x} ${top}h${width}v18h${-width}Z`, flag === 'HW' ? 'hw.flag' : 'lso.flag'),
    mono({ x: place.x + 5, y: top + 14.5 }, words, flag === 'HW' ? 'text.paper' : 'ink', {
      weight: 600,
    }),
  ]
}

/** Bottom of the lowest cells. */
function lastCells({ rows, y }: TapePlace): number {
  const last = rows.at(-1)
  return last === undefined ? y + TAPE_HEIGHT : last.y + last.height
}
