// The narrow arrangement: topic, then each group with its sink under it; wires are rails at the sides.
import { COLLAPSED_HEIGHT, cardHeight } from './card.ts'
import { isOpened, labelWidth, nameWidth } from './columns.ts'
import { placeStreams, spacingFor, streamsHeight } from './layout-streams.ts'
import { ledgerHeight } from './ledger.ts'
import {
  type Layout,
  type PlacedCard,
  type PlacedGroup,
  type PlacedSink,
  STORE_HEIGHT,
} from './placed.ts'
import type { Plan, PlannedGroup } from './plan.ts'
import { ROWS_RIGHT } from './rows.ts'
import { CELL } from './tape-place.ts'
import type { Box, View } from './types.ts'

const MARGIN = 16
const LEDGER_ROWS = 3

export function stackLayout(plan: Plan, view: View): Layout {
  const width = view.width - MARGIN * 2
  let y = 20
  const box = (height: number): Box => ({ x: MARGIN, y: Math.round(y), width, height })
  const producers = plan.producers.map((producer): PlacedCard => {
    const placed = { ...producer, notes: [], box: box(STORE_HEIGHT) }
    y += STORE_HEIGHT + 12
    return placed
  })
  const label = labelWidth(plan)
  const aside = isOpened(plan) ? ROWS_RIGHT : 18
  const cells = Math.max(3, Math.min(12, Math.floor((width - label - aside) / CELL)))
  const cellsX = MARGIN + label
  const across = { labelX: MARGIN, nameX: cellsX - nameWidth(plan), cellsX, cells }
  // Below one another height is scarce.
  const spacing = spacingFor(plan, view, 0)
  const streams = placeStreams(plan, across, spacing, y).map((placed) =>
    placed.titleY === null ? placed : { ...placed, right: MARGIN + width },
  )
  y += streamsHeight(plan, spacing) + 16
  const groups: PlacedGroup[] = []
  const sinks: PlacedSink[] = []
  plan.groups.forEach((group, i) => {
    groups.push(placeGroup(group))
    const later = new Set(plan.groups.slice(i + 1).flatMap((other) => other.sinks))
    for (const id of group.sinks) if (!later.has(id)) placeSink(id)
  })
  for (const sink of plan.sinks) placeSink(sink.id)
  const stores = plan.stores.map((store): PlacedCard => {
    const placed = { ...store, notes: [], box: box(STORE_HEIGHT) }
    y += STORE_HEIGHT + 12
    return placed
  })
  const height = Math.max(view.height, Math.ceil(y) + (view.bottom ?? 0))
  return { name: 'stack', width: view.width, height, producers, streams, groups, sinks, stores }

  function placeGroup(group: PlannedGroup): PlacedGroup {
    if (group.collapsed) {
      const placed = { group, headY: null, cards: [], box: box(COLLAPSED_HEIGHT) }
      y += COLLAPSED_HEIGHT + 12
      return placed
    }
    const top = y
    const hasHead = plan.groups.length > 1
    if (hasHead) y += 30
    const cards = group.cards.map((planned) => {
      const height = cardHeight(planned.card, planned.lines, width)
      const placed = { ...planned, notes: [], box: box(height) }
      y += height + 12
      return placed
    })
    return {
      group,
      headY: hasHead ? Math.round(top + 16) : null,
      cards,
      box: { x: MARGIN, y: top, width, height: y - top - 12 },
    }
  }

  function placeSink(id: string): void {
    const sink = plan.sinks.find((one) => one.id === id)
    if (sink === undefined || sinks.some((placed) => placed.sink.id === id)) return
    const height = ledgerHeight(sink, width - 10, LEDGER_ROWS, true)
    sinks.push({ sink, rows: LEDGER_ROWS, flat: true, box: { ...box(height), width: width - 10 } })
    y += height + 16
  }
}
