// Where the cells of a partition stand, and where the rows of its replicas do when it is opened.
import type { CardPart, ReplicaPart, Slot, TapePart } from '../picture/types.ts'
import { LANE_ABOVE, LANE_BELOW, type LanePart, queueCell } from './queue.ts'
import type { Box } from './types.ts'

export const CELL = 40
export const TAPE_HEIGHT = 48
/** Room above for the HW pennant, and below for offsets and the flags of committed positions. */
export const TAPE_ABOVE = 24
export const TAPE_BELOW = 46

/** A node's copy of the partition: its box at the left, its cells in line with the others'. */
export interface Row {
  readonly replica: ReplicaPart
  readonly node: CardPart
  /** Room for so many letters of groups in its box. */
  readonly letters: number
  /** The node's box. */
  readonly box: Box
  /** Top and height of its cells. */
  readonly y: number
  readonly height: number
}

export interface TapePlace {
  readonly part: LanePart
  /** Left edge of the first cell, top of the cells, and how many cells there are. */
  readonly x: number
  readonly y: number
  readonly cells: number
  readonly labelX: number
  /** Of an opened partition: the leader's row, then its followers'. */
  readonly rows: readonly Row[]
  /** Its name stands above its cells, on a rule; else left of them. */
  readonly named?: 'above'
}

/** Anything that has cells: the tape, or a follower's. */
interface Cells {
  readonly first: number
  readonly slots: readonly Slot[]
}

/** One past the last record that any row has: a former leader may have more than the present one. */
const endOf = ({ part, rows }: TapePlace): number =>
  Math.max(part.end, ...rows.map(({ replica }) => replica.end))

/**
 * Offset of the first cell drawn: the last ones that fit, with one free cell where it grows. What some other
 * row has beyond the leader's end is shown as far as the leader's last record and watermark stay in sight.
 */
export function firstCell(place: TapePlace): number {
  const own = place.part.end - (place.cells - 1)
  const all = endOf(place) - (place.cells - 1)
  const settled = Math.min(place.part.end, place.rows[0]?.replica.watermark ?? place.part.end)
  return Math.max(0, own, Math.min(all, settled - 1))
}

/** Middle of an offset's cell; null when it is not among the cells drawn. */
export function cellBox(place: TapePlace, offset: number): Box | null {
  if (place.part.queue !== undefined) return queueCell(place, offset)
  const index = offset - firstCell(place)
  if (index < 0 || index >= place.cells) return null
  return { x: place.x + index * CELL, y: place.y, width: CELL, height: TAPE_HEIGHT }
}

export function slotAt(part: Cells, offset: number): Slot | null {
  const slot = part.slots[offset - part.first]
  return slot?.offset === offset ? slot : (part.slots.find((s) => s.offset === offset) ?? null)
}

/** Where it is selected and focused: with its name, which an opened partition has above its rows. */
export const tapeBox = (place: TapePlace): Box => {
  if (place.named === 'above') {
    const height = LANE_ABOVE + TAPE_HEIGHT + LANE_BELOW
    return {
      x: place.x - 4,
      y: place.y - LANE_ABOVE + 1,
      width: place.cells * CELL + 8,
      height: height - 2,
    }
  }
  const left = place.rows.length === 0 ? place.labelX : place.x
  const width = place.x + place.cells * CELL + 4 - left
  return { x: left, y: place.y, width, height: TAPE_HEIGHT }
}

/** What offsets and flags stand under. */
export function bottomOf(place: TapePlace): number {
  const last = place.rows.at(-1)
  return last === undefined ? place.y + TAPE_HEIGHT : last.box.y + last.box.height
}

/** One line of marks for each group that locks messages one by one, between offsets and flags. */
export const LOCK_ROW = 24
export const locksHeight = ({ lockedBy }: TapePart): number => (lockedBy?.length ?? 0) * LOCK_ROW

const FOLLOWER_BOX = 32
const FOLLOWER_CELLS = 28
const UNDER_LEADER = 12
const BETWEEN_ROWS = 8
/** Between a node's box and the cells. */
const BESIDE = 10

/** One that believes that it leads says so on a second line. */
const boxHeight = ({ claims }: ReplicaPart): number => (claims ? TAPE_HEIGHT : FOLLOWER_BOX)

/** How much more an opened partition needs below its leader's cells. */
export function rowsHeight(replicas: readonly { readonly replica: ReplicaPart }[]): number {
  if (replicas.length === 0) return 0
  const followers = replicas.slice(1).map(({ replica }) => boxHeight(replica) + BETWEEN_ROWS)
  const all = followers.reduce((sum, height) => sum + height, 0)
  return followers.length === 0 ? 0 : all + UNDER_LEADER - BETWEEN_ROWS
}

export function placeRows(
  replicas: readonly Pick<Row, 'replica' | 'node' | 'letters'>[],
  { x, y, labelX }: Pick<TapePlace, 'x' | 'y' | 'labelX'>,
): readonly Row[] {
  let top = y
  return replicas.map(({ replica, node, letters }, i): Row => {
    const leads = i === 0
    const height = leads ? TAPE_HEIGHT : boxHeight(replica)
    const box = { x: labelX, y: top, width: x - BESIDE - labelX, height }
    const cells = leads ? TAPE_HEIGHT : FOLLOWER_CELLS
    const row = { replica, node, letters, box, y: top + (height - cells) / 2, height: cells }
    top += height + (leads ? UNDER_LEADER : BETWEEN_ROWS)
    return row
  })
}
