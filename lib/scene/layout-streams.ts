// The column of topics: a title on a rule, then one tape a partition, then the strip of the folded ones.
import type { Columns } from './columns.ts'
import type { Frame, PlacedStream } from './placed.ts'
import type { Plan, PlannedStream } from './plan.ts'
import { TAPE_ABOVE, TAPE_BELOW, TAPE_HEIGHT } from './tape.ts'
import type { View } from './types.ts'

const STREAM_HEAD = 28
/** From a stream's rule to its first tape: room for the watermark's pennant. */
const UNDER_RULE = 64
const TAPE_PITCH = 128
const FOLD_HEIGHT = 36

export function streamHeight(stream: PlannedStream, compact: boolean): number {
  const head = compact ? TAPE_ABOVE : STREAM_HEAD + UNDER_RULE
  const count = stream.tapes.length
  const tapes = count === 0 ? 0 : (count - 1) * TAPE_PITCH + TAPE_HEIGHT + TAPE_BELOW
  return head + tapes + (stream.folded.length > 0 ? FOLD_HEIGHT + 16 : 0)
}

export function streamsHeight(plan: Plan, view: View): number {
  const heights = plan.streams.map((stream) => streamHeight(stream, view.compact === true))
  return heights.reduce((sum, height) => sum + height, 0) + 16 * Math.max(0, heights.length - 1)
}

export function placeStreams({ plan, view, columns }: Frame, top: number): readonly PlacedStream[] {
  let y = top
  return plan.streams.map((stream) => {
    const placed = placeStream(stream, { ...columns, compact: view.compact === true }, y)
    y += streamHeight(stream, view.compact === true) + 16
    return placed
  })
}

interface StreamFrame extends Pick<Columns, 'labelX' | 'cellsX' | 'cells'> {
  readonly compact: boolean
  readonly underRule?: number
}

export function placeStream(stream: PlannedStream, frame: StreamFrame, top: number): PlacedStream {
  const { labelX, cellsX, cells, compact, underRule = UNDER_RULE } = frame
  const first = top + (compact ? TAPE_ABOVE : STREAM_HEAD + underRule)
  const tapes = stream.tapes.map((part, i) => ({
    part,
    x: cellsX,
    y: Math.round(first + i * TAPE_PITCH),
    cells,
    labelX,
  }))
  const last = tapes.at(-1)
  const foldY = last === undefined ? first : last.y + TAPE_HEIGHT + TAPE_BELOW + 8
  const right = cellsX + cells * 40
  return {
    stream,
    titleY: compact ? null : Math.round(top + 16),
    x: labelX,
    right,
    tapes,
    fold:
      stream.folded.length === 0
        ? null
        : { x: cellsX, y: foldY, width: right - cellsX, height: FOLD_HEIGHT },
  }
}
