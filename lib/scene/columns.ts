// Widths of the four columns. Cards, ledgers and cells have one size; what is left over goes to the tapes
// in whole cells, then to the gaps, where the wires run.
import { CARD_WIDTH } from './card.ts'
import { exchangeWidth } from './exchange.ts'
import { LEDGER_WIDTH } from './ledger.ts'
import { textWidth } from './measure.ts'
import { isExchange, type Plan, type PlannedReplica } from './plan.ts'
import { nodeWidth, ROWS_RIGHT } from './rows.ts'
import { CELL } from './tape-place.ts'
import type { View } from './types.ts'

export interface Columns {
  readonly producerAbove: boolean
  readonly producerX: number
  readonly producerWidth: number
  readonly labelX: number
  /** Names of partitions stand close to their cells, also where boxes of nodes need more room. */
  readonly nameX: number
  readonly cellsX: number
  readonly cells: number
  readonly cardX: number
  readonly sinkX: number
}

interface Gaps {
  readonly producer: number
  readonly tape: number
  readonly sink: number
}

const MAX_CELLS = 12
const OPENED_CELLS = 6
/** Name of a partition, left of its cells. */
const LABEL = 40
/** Between an arrow's tip and the name it points at. */
const TIP = 8
/** From a sink's bracket to its text. */
const BRACKET = 12

/** Null when the width holds no columns: then everything is stacked. */
export function columnsFor(plan: Plan, view: View): Columns | null {
  return solve(plan, view, false) ?? solve(plan, view, true)
}

function solve(plan: Plan, view: View, above: boolean): Columns | null {
  const compact = view.compact === true
  const hasProducer = plan.producers.length > 0
  if (above && !hasProducer) return null
  const margin = above ? 16 : compact ? 0 : 24
  const right = compact ? 0 : above ? 12 : 16
  const names = plan.producers.map(
    ({ card }) => textWidth(card.title, 15, 600) + (compact ? 24 : 28),
  )
  const producerWidth =
    !hasProducer || above ? 0 : Math.round(Math.max(compact ? 120 : 136, ...names))
  const name = nameWidth(plan)
  const label = labelWidth(plan)
  const isOpen = isOpened(plan)
  const aside = isOpen ? ROWS_RIGHT : 0
  const sinks = plan.sinks.length + plan.stores.length > 0 ? LEDGER_WIDTH + BRACKET : 0
  const fixed =
    margin + producerWidth + (hasProducer ? TIP : 0) + label + aside + CARD_WIDTH + sinks + right
  const isBracketed =
    (plan.groups.length > 1 && !plan.streams.every(isExchange)) ||
    plan.streams.some((stream) => stream.folded.length > 0)
  const gaps = (producer: number, tape: number, sink: number): Gaps => ({
    producer: producerWidth === 0 ? 0 : producer,
    tape,
    sink: sinks === 0 ? 0 : sink,
  })
  const room = view.width - fixed
  // Wide gaps while the tapes stay readable; then closer ones, before a tape loses its cells.
  const wish = compact ? gaps(56, isBracketed ? 132 : 60, 56) : gaps(64, isBracketed ? 132 : 96, 52)
  // Replicas are told apart by where they end: an opened partition comes before wide gaps.
  const solved =
    divide(room, wish, isOpen ? OPENED_CELLS : 5) ??
    divide(room, gaps(56, isBracketed ? 108 : 72, 44), isOpen ? OPENED_CELLS : 4) ??
    divide(room, gaps(44, isBracketed ? (isOpen ? 56 : 64) : 44, 32), 3)
  if (solved === null) return null
  const labelX = margin + producerWidth + solved.gaps.producer + (hasProducer ? TIP : 0)
  const cellsX = labelX + label
  const cardX = cellsX + solved.cells * CELL + aside + solved.gaps.tape
  return {
    producerAbove: above,
    producerX: margin,
    producerWidth: above ? cellsX + solved.cells * CELL - margin : producerWidth,
    labelX,
    nameX: cellsX - name,
    cellsX,
    cells: solved.cells,
    cardX,
    sinkX: cardX + CARD_WIDTH + solved.gaps.sink + BRACKET,
  }
}

/** Left of the cells: the longest name of a partition; an exchange's lanes have theirs above. */
export function nameWidth(plan: Plan): number {
  const beside = plan.streams.filter(({ spreads }) => spreads !== true)
  const names = beside.flatMap((stream) =>
    stream.tapes.map(({ part }) => textWidth(part.title, 18, 600, 'mono') + 18),
  )
  return Math.ceil(Math.max(LABEL, ...names))
}

/** Left of the cells: names of partitions, the boxes of the opened one's nodes, exchanges. */
export function labelWidth(plan: Plan): number {
  const boxes = rowsOf(plan).map((row) => nodeWidth(row) + 10)
  return Math.max(nameWidth(plan), exchangeWidth(plan), ...boxes)
}

const rowsOf = (plan: Plan): readonly PlannedReplica[] =>
  plan.streams.flatMap(({ tapes }) => tapes.flatMap(({ replicas }) => replicas))

export const isOpened = (plan: Plan): boolean => rowsOf(plan).length > 0

function divide(
  room: number,
  gaps: Gaps,
  least: number,
): { readonly cells: number; readonly gaps: Gaps } | null {
  const free = room - gaps.producer - gaps.tape - gaps.sink
  const fitting = Math.floor(free / CELL)
  if (fitting < least) return null
  const cells = Math.min(MAX_CELLS, fitting)
  const spare = free - cells * CELL
  const share = (part: number, gap: number) => (gap === 0 ? 0 : Math.floor(spare * part))
  const producer = share(0.25, gaps.producer)
  const sink = share(0.25, gaps.sink)
  return {
    cells,
    gaps: {
      producer: gaps.producer + producer,
      tape: gaps.tape + spare - producer - sink,
      sink: gaps.sink + sink,
    },
  }
}
