// Where everything stands. Three arrangements by width: `row` (producer, topic, groups, sinks in columns),
// `tight` (producer above the topic), `stack` (all under one another, layout-stack.ts).
import type { TablePart } from '../picture/types.ts'
import { CARD_WIDTH, COLLAPSED_HEIGHT, cardHeight, noteLines, PRODUCER_HEIGHT } from './card.ts'
import { type Columns, columnsFor } from './columns.ts'
import { stackLayout } from './layout-stack.ts'
import { LEDGER_WIDTH, ledgerHeight } from './ledger.ts'
import type { Plan, PlannedCard, PlannedGroup, PlannedStream } from './plan.ts'
import { TAPE_ABOVE, TAPE_BELOW, TAPE_HEIGHT, type TapePlace } from './tape.ts'
import type { Box, LayoutName, View } from './types.ts'

export interface PlacedCard extends PlannedCard {
  readonly box: Box
  /** Lines under a producer. */
  readonly notes: readonly string[]
}
export interface PlacedStream {
  readonly stream: PlannedStream
  /** Baseline of the title; null when titles are left out. */
  readonly titleY: number | null
  readonly x: number
  readonly right: number
  readonly tapes: readonly TapePlace[]
  readonly fold: Box | null
}
export interface PlacedGroup {
  readonly group: PlannedGroup
  /** Baseline of the heading of the group in focus. */
  readonly headY: number | null
  readonly cards: readonly PlacedCard[]
  /** The one card of a collapsed group; else what its cards cover. */
  readonly box: Box
}
export interface PlacedSink {
  readonly sink: TablePart
  readonly box: Box
  readonly rows: number
  readonly flat: boolean
}
export interface Layout {
  readonly name: LayoutName
  readonly width: number
  readonly height: number
  readonly producers: readonly PlacedCard[]
  readonly stores: readonly PlacedCard[]
  readonly streams: readonly PlacedStream[]
  readonly groups: readonly PlacedGroup[]
  readonly sinks: readonly PlacedSink[]
}

const GROUP_HEAD = 30
const CARD_GAP = 10
const AFTER_FOCUS = 48
const COLLAPSED_GAP = 32
const SINK_GAP = 16
const STREAM_HEAD = 28
/** From a stream's rule to its first tape: room for the watermark's pennant. */
const UNDER_RULE = 64
const TAPE_PITCH = 128
const FOLD_HEIGHT = 36
/** A card that crashes grows by two lines; the room is kept, so that nothing below it moves. */
const CRASH_ROOM = 40
export const STORE_HEIGHT = 44

export function layoutOf(plan: Plan, view: View): Layout {
  const columns = columnsFor(plan, view)
  return columns === null ? stackLayout(plan, view) : columnLayout(plan, view, columns)
}

function columnLayout(plan: Plan, view: View, columns: Columns): Layout {
  const left = view.height - (view.bottom ?? 0)
  const producersTop = columns.producerAbove ? plan.producers.length * (STORE_HEIGHT + 16) : 0
  const needs = {
    streams: streamsHeight(plan, view) + producersTop,
    groups: groupsHeight(plan, GROUP_GAPS.wide),
  }
  const gaps = needs.groups <= view.height - 12 ? GROUP_GAPS.wide : GROUP_GAPS.close
  const groupsNeed = groupsHeight(plan, gaps)
  const rows = ledgerRows(plan, view.height)
  const sinksNeed = sinksHeight(plan, rows)
  const height = Math.max(
    view.height,
    Math.ceil(groupsNeed) + 12,
    Math.ceil(sinksNeed) + 16,
    Math.ceil(needs.streams) + (view.bottom ?? 0) + 16,
  )
  const streamsTop = Math.max(8, (height - view.height + left - needs.streams) / 2)
  const streams = placeStreams(plan, view, columns, streamsTop + producersTop)
  const groups = placeGroups(plan, columns, Math.max(6, (height - groupsNeed) / 2), gaps)
  const sinks = placeSinks(plan, columns, groups, rows, height)
  const last = sinks.at(-1)
  return {
    name: columns.producerAbove ? 'tight' : 'row',
    width: view.width,
    height,
    producers: columns.producerAbove
      ? producersAbove(plan, columns, streamsTop)
      : producersBeside(plan, view, columns, streams, height),
    streams,
    groups,
    sinks,
    stores: plan.stores.map((store, i) => ({
      ...store,
      notes: [],
      box: {
        x: columns.sinkX,
        y:
          (last === undefined ? 16 : last.box.y + last.box.height + SINK_GAP) +
          i * (STORE_HEIGHT + 12),
        width: LEDGER_WIDTH,
        height: STORE_HEIGHT,
      },
    })),
  }
}

interface GroupGaps {
  readonly afterFocus: number
  readonly between: number
  readonly crashRoom: number
}
const GROUP_GAPS = {
  wide: { afterFocus: AFTER_FOCUS, between: COLLAPSED_GAP, crashRoom: CRASH_ROOM },
  close: { afterFocus: 24, between: 16, crashRoom: 0 },
} as const satisfies Record<string, GroupGaps>

const isFull = (group: PlannedGroup): boolean => !group.collapsed

function fullHeight(group: PlannedGroup, gaps: GroupGaps): number {
  const cards = group.cards.map(({ card, lines }) => cardHeight(card, lines))
  const grown = group.cards.some(({ card }) => card.said !== '') ? 0 : gaps.crashRoom
  const room = cards.reduce((sum, height) => sum + height, 0) + grown
  return GROUP_HEAD + room + CARD_GAP * Math.max(0, cards.length - 1)
}

function groupsHeight(plan: Plan, gaps: GroupGaps): number {
  const heights = plan.groups.map((group) =>
    isFull(group) ? fullHeight(group, gaps) : COLLAPSED_HEIGHT,
  )
  return heights.reduce((sum, height, i) => sum + height + gapAfter(plan, i, gaps), 0)
}

function gapAfter(plan: Plan, i: number, gaps: GroupGaps): number {
  const group = plan.groups[i]
  if (group === undefined || i === plan.groups.length - 1) return 0
  return isFull(group) ? gaps.afterFocus : gaps.between
}

function placeGroups(
  plan: Plan,
  columns: Columns,
  top: number,
  gaps: GroupGaps,
): readonly PlacedGroup[] {
  let y = top
  const x = columns.cardX
  return plan.groups.map((group, i): PlacedGroup => {
    if (!isFull(group)) {
      const box = { x, y, width: CARD_WIDTH, height: COLLAPSED_HEIGHT }
      y += COLLAPSED_HEIGHT + gapAfter(plan, i, gaps)
      return { group, headY: null, cards: [], box }
    }
    const start = y
    const hasHead = plan.groups.length > 1
    let cardY = y + GROUP_HEAD
    const cards = group.cards.map((planned) => {
      const height = cardHeight(planned.card, planned.lines)
      const placed = { ...planned, notes: [], box: { x, y: cardY, width: CARD_WIDTH, height } }
      cardY += height + (hasHead ? CARD_GAP : CARD_GAP + gaps.crashRoom)
      return placed
    })
    y += fullHeight(group, gaps) + gapAfter(plan, i, gaps)
    const box = { x, y: start, width: CARD_WIDTH, height: fullHeight(group, gaps) }
    return { group, headY: hasHead ? start + 16 : null, cards, box }
  })
}

export function streamHeight(stream: PlannedStream, compact: boolean): number {
  const head = compact ? TAPE_ABOVE : STREAM_HEAD + UNDER_RULE
  const count = stream.tapes.length
  const tapes = count === 0 ? 0 : (count - 1) * TAPE_PITCH + TAPE_HEIGHT + TAPE_BELOW
  return head + tapes + (stream.folded.length > 0 ? FOLD_HEIGHT + 16 : 0)
}

function streamsHeight(plan: Plan, view: View): number {
  const heights = plan.streams.map((stream) => streamHeight(stream, view.compact === true))
  return heights.reduce((sum, height) => sum + height, 0) + 16 * Math.max(0, heights.length - 1)
}

function placeStreams(
  plan: Plan,
  view: View,
  columns: Columns,
  top: number,
): readonly PlacedStream[] {
  let y = top
  return plan.streams.map((stream) => {
    const placed = placeStream(stream, columns, y, view.compact === true)
    y += streamHeight(stream, view.compact === true) + 16
    return placed
  })
}

export function placeStream(
  stream: PlannedStream,
  columns: Pick<Columns, 'labelX' | 'cellsX' | 'cells'>,
  top: number,
  compact: boolean,
  underRule = UNDER_RULE,
): PlacedStream {
  const { labelX, cellsX, cells } = columns
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

function producersBeside(
  plan: Plan,
  view: View,
  columns: Columns,
  streams: readonly PlacedStream[],
  height: number,
): readonly PlacedCard[] {
  const noted = plan.producers.map((producer) => ({
    producer,
    notes: view.compact === true ? [] : noteLines(producer.card.notes, columns.producerWidth + 24),
  }))
  const heights = noted.map(
    ({ notes }) => PRODUCER_HEIGHT + (notes.length > 0 ? 20 + notes.length * 24 : 0),
  )
  const ys = streams.flatMap(({ tapes }) => tapes.map((tape) => tape.y + TAPE_HEIGHT / 2))
  const middle = ys.length === 0 ? height / 2 : ((ys[0] ?? 0) + (ys.at(-1) ?? 0)) / 2
  const gap = 24
  const total = heights.reduce((sum, one) => sum + one + gap, -gap)
  // One producer has its box, not its notes, in the middle: its wires then leave level with the topic's.
  let y = noted.length === 1 ? middle - PRODUCER_HEIGHT / 2 : Math.max(8, middle - total / 2)
  return noted.map(({ producer, notes }, i) => {
    const box = {
      x: columns.producerX,
      y: Math.round(y),
      width: columns.producerWidth,
      height: PRODUCER_HEIGHT,
    }
    y += (heights[i] ?? 0) + gap
    return { ...producer, notes, box }
  })
}

function producersAbove(plan: Plan, columns: Columns, top: number): readonly PlacedCard[] {
  return plan.producers.map((producer, i) => ({
    ...producer,
    notes: [],
    box: {
      x: columns.producerX,
      y: Math.round(top + i * (STORE_HEIGHT + 16)),
      width: columns.producerWidth,
      height: STORE_HEIGHT,
    },
  }))
}

/** Rows of tokens a ledger gets: as many as the height allows, the same for every one, whatever it holds. */
function ledgerRows(plan: Plan, height: number): number {
  for (let rows = 4; rows > 1; rows--) if (sinksHeight(plan, rows) <= height - 16) return rows
  return 1
}

function sinksHeight(plan: Plan, rows: number): number {
  const heights = plan.sinks.map((sink) => ledgerHeight(sink, LEDGER_WIDTH, rows))
  const stores = plan.stores.length * (STORE_HEIGHT + 12)
  return heights.reduce((sum, height) => sum + height + SINK_GAP, 0) + stores
}

/** Each ledger as near to the lines that write to it as the one above it allows. */
function placeSinks(
  plan: Plan,
  columns: Columns,
  groups: readonly PlacedGroup[],
  rows: number,
  height: number,
): readonly PlacedSink[] {
  const heights = plan.sinks.map((sink) => ledgerHeight(sink, LEDGER_WIDTH, rows))
  const stores = plan.stores.length * (STORE_HEIGHT + 12)
  const tops: number[] = []
  let free = 16
  plan.sinks.forEach((sink, i) => {
    const own = groups.filter(({ group }) => group.sinks.includes(sink.id))
    const middles = own.map(({ box }) => box.y + box.height / 2)
    const middle = middles.reduce((sum, y) => sum + y, 0) / Math.max(1, middles.length)
    const top = Math.max(free, middles.length === 0 ? free : middle - (heights[i] ?? 0) / 2)
    tops.push(top)
    free = top + (heights[i] ?? 0) + SINK_GAP
  })
  let bottom = height - 8 - stores
  for (let i = tops.length - 1; i >= 0; i--) {
    tops[i] = Math.round(Math.min(tops[i] ?? 0, bottom - (heights[i] ?? 0)))
    bottom = (tops[i] ?? 0) - SINK_GAP
  }
  return plan.sinks.map((sink, i) => ({
    sink,
    rows,
    flat: false,
    box: { x: columns.sinkX, y: tops[i] ?? 0, width: LEDGER_WIDTH, height: heights[i] ?? 0 },
  }))
}
