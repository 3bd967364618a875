// Time across the page: which stretch is shown, where a time lies in it, where its ticks stand.
export interface Axis {
  readonly fromMs: number
  readonly toMs: number
  /** Left and right edge of the plot in pixels. */
  readonly left: number
  readonly right: number
}

/** A longer stretch than this is shown in pages that turn with the playhead. */
const PAGE = 40_000

const OVERLAP = 0.9

/** Where the stretch that holds `nowMs` begins. */
export function pageAt(endMs: number, nowMs: number): number {
  const whole = Math.max(endMs, nowMs, 1_000)
  if (whole <= PAGE) return 0
  const page = Math.floor(nowMs / (PAGE * OVERLAP)) * PAGE * OVERLAP
  return Math.max(0, Math.min(page, whole - PAGE))
}

export function stretch(endMs: number, fromMs: number, left: number, right: number): Axis {
  const whole = Math.max(endMs, 1_000)
  return { fromMs, toMs: whole <= PAGE ? whole : fromMs + PAGE, left, right }
}

export const xOf = (axis: Axis, ms: number): number =>
  axis.left + ((ms - axis.fromMs) / (axis.toMs - axis.fromMs)) * (axis.right - axis.left)

export function msAt(axis: Axis, x: number): number {
  const share = (x - axis.left) / Math.max(1, axis.right - axis.left)
  return axis.fromMs + Math.max(0, Math.min(1, share)) * (axis.toMs - axis.fromMs)
}

const STEPS = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000] as const

/** Times for ticks, at least `apart` pixels from each other. */
export function ticks(axis: Axis, apart = 72): readonly number[] {
  const span = axis.toMs - axis.fromMs
  const most = Math.max(1, (axis.right - axis.left) / apart)
  const step = STEPS.find((each) => span / each <= most) ?? 120_000
  const first = Math.ceil(axis.fromMs / step)
  const last = Math.floor(axis.toMs / step)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step)
}
