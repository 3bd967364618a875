// The column of ledgers: each as near to the lines that write to it as the one above it allows.
import { LEDGER_WIDTH, ledgerHeight } from './ledger.ts'
import type { Frame, PlacedGroup, PlacedSink } from './placed.ts'
import { STORE_HEIGHT } from './placed.ts'
import type { Plan } from './plan.ts'

export const SINK_GAP = 16

/** Rows of tokens a ledger gets: as many as the height allows, the same for every one, whatever it holds. */
export function ledgerRows(plan: Plan, height: number): number {
  for (let rows = 3; rows > 1; rows--) if (sinksHeight(plan, rows) <= height - 16) return rows
  return 1
}

export function sinksHeight(plan: Plan, rows: number): number {
  const heights = plan.sinks.map((sink) => ledgerHeight(sink, LEDGER_WIDTH, rows))
  const stores = plan.stores.length * (STORE_HEIGHT + 12)
  return heights.reduce((sum, height) => sum + height + SINK_GAP, 0) + stores
}

/** Each ledger as near to the lines that write to it as the one above it allows. */
export function placeSinks(
  { plan, columns }: Frame,
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
