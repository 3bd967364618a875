// What a layout hands over: every planned part with its box.
import type { TablePart } from '../picture/types.ts'
import type { Columns } from './columns.ts'
import type { Plan, PlannedCard, PlannedGroup, PlannedStream } from './plan.ts'
import type { TapePlace } from './tape-place.ts'
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
  /** Left edge of the names of partitions that are not opened. */
  readonly nameX: number
  readonly right: number
  readonly tapes: readonly TapePlace[]
  /** Of an exchange that has lanes. */
  readonly plate: Box | null
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

/** What every column is placed by. */
export interface Frame {
  readonly plan: Plan
  readonly view: View
  readonly columns: Columns
}

/** Small boxes: a dedup store, a producer above its topic. */
export const STORE_HEIGHT = 44
