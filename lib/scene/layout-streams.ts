// The column of topics: a title on a rule, then one tape a partition, then the strip of the folded ones.
import type { Columns } from './columns.ts'
import { plateOf } from './exchange.ts'
import type { PlacedStream } from './placed.ts'
import type { Plan, PlannedStream, PlannedTape } from './plan.ts'
import { LANE_ABOVE, LANE_BELOW } from './queue.ts'
import {
  bottomOf,
  locksHeight,
  placeRows,
  rowsHeight,
  TAPE_ABOVE,
  TAPE_BELOW,
  TAPE_HEIGHT,
  type TapePlace,
} from './tape-place.ts'
import type { View } from './types.ts'

const STREAM_HEAD = 28
const FOLD_HEIGHT = 36
const BETWEEN = 16
/** A log at an exchange has offsets and flags below its cells. */
const FLAGS = 20

export interface Spacing {
  /** Without a title a stream begins with the room its pennants need. */
  readonly titled: boolean
  /** From a stream's rule to its first tape: room for the watermark's pennant. */
  readonly underRule: number
  /** From one tape to the next: pennant, cells, offsets and flags need 118. */
  readonly pitch: number
}

const WIDE = { underRule: 64, pitch: 128 }
const CLOSE = { underRule: 40, pitch: 120 }

/** As in the design where there is room for it, else closer. One stream needs no title when compact. */
export function spacingFor(plan: Plan, view: View, room: number): Spacing {
  const titled = view.compact !== true || plan.streams.length > 1
  const wide = { ...WIDE, titled }
  return streamsHeight(plan, wide) <= room ? wide : { ...CLOSE, titled }
}

/** An exchange has its title beside the name of its first lane. */
const aboveFirst = ({ titled, underRule }: Spacing, { spreads }: PlannedStream): number =>
  spreads === true ? LANE_ABOVE : titled ? STREAM_HEAD + underRule : TAPE_ABOVE

const pitchOf = ({ pitch }: Spacing, { spreads }: PlannedStream): number =>
  spreads === true ? Math.max(pitch + 4, LANE_ABOVE + TAPE_HEIGHT + LANE_BELOW) : pitch

export function streamHeight(stream: PlannedStream, spacing: Spacing): number {
  const count = stream.tapes.length
  const tapes = count === 0 ? 0 : (count - 1) * pitchOf(spacing, stream) + TAPE_HEIGHT + TAPE_BELOW
  const rows = stream.tapes.reduce((sum, tape) => sum + moreHeight(tape, stream), 0)
  return (
    aboveFirst(spacing, stream) + tapes + rows + (stream.folded.length > 0 ? FOLD_HEIGHT + 16 : 0)
  )
}

export function streamsHeight(plan: Plan, spacing: Spacing): number {
  const heights = plan.streams.map((stream) => streamHeight(stream, spacing))
  return (
    heights.reduce((sum, height) => sum + height, 0) + BETWEEN * Math.max(0, heights.length - 1)
  )
}

/** What a lane needs more than its cells: rows of followers, marks of locked messages, flags. */
const moreHeight = ({ part, replicas }: PlannedTape, { spreads }: PlannedStream): number =>
  rowsHeight(replicas) +
  locksHeight(part) +
  (spreads === true && part.queue === undefined ? FLAGS : 0)

type Across = Pick<Columns, 'labelX' | 'nameX' | 'cellsX' | 'cells'>

export function placeStreams(
  plan: Plan,
  across: Across,
  spacing: Spacing,
  top: number,
): readonly PlacedStream[] {
  let y = top
  return plan.streams.map((stream) => {
    const placed = placeStream(stream, across, spacing, y)
    y += streamHeight(stream, spacing) + BETWEEN
    return placed
  })
}

function placeStream(
  stream: PlannedStream,
  across: Across,
  spacing: Spacing,
  top: number,
): PlacedStream {
  const { labelX, nameX, cellsX, cells } = across
  const isExchange = stream.spreads === true
  const first = top + aboveFirst(spacing, stream)
  let y = first
  const tapes = stream.tapes.map(({ part, replicas }): TapePlace => {
    const isOpen = replicas.length > 0
    const left = isExchange ? cellsX : isOpen ? labelX : nameX
    const at = { x: cellsX, y: Math.round(y), labelX: left }
    y += pitchOf(spacing, stream) + moreHeight({ part, replicas }, stream)
    const named = isExchange ? ({ named: 'above' } as const) : {}
    return { part, ...at, cells, rows: placeRows(replicas, at), ...named }
  })
  const last = tapes.at(-1)
  const foldY =
    last === undefined ? first : bottomOf(last) + locksHeight(last.part) + TAPE_BELOW + 8
  const right = cellsX + cells * 40
  return {
    stream,
    titleY: spacing.titled ? Math.round(top + 16) : null,
    x: labelX,
    nameX,
    right,
    tapes,
    plate: isExchange ? plateOf(labelX, tapes) : null,
    fold:
      stream.folded.length === 0
        ? null
        : { x: cellsX, y: foldY, width: right - cellsX, height: FOLD_HEIGHT },
  }
}
