// Motions of what stands in a part: on the way from stop to stop, a tape shifting, a bolt and a tag coming
// out. What is left of each is a function of simulated time, so that a still and a scrub are exact.
import { ease, round } from './track.ts'
import type { Motion, Point, Slide, View } from './types.ts'

/** LOOK: stage to stage, a new cell, a tag; and the bolt of a crash. */
export const MOVE_MS = 240
export const TICK_MS = 120

/** The moment drawn, and whether things may be on their way in it: not above 4×, not with reduced motion. */
export interface Moves {
  readonly timeMs: number
  readonly on: boolean
}

export const movesOf = (view: View, timeMs: number): Moves => ({
  timeMs,
  on: (view.motion ?? 'fly') === 'fly',
})

/** Whether what began then is still under way. */
export const isUnderWay = (moves: Moves, sinceMs: number | undefined, ms: number): boolean =>
  moves.on && sinceMs !== undefined && moves.timeMs < sinceMs + ms

/** The ways still under way, together: one that was cut short by the next is carried on with. */
export function slide(moves: Moves, ways: readonly Slide[]): { readonly motion?: Motion } {
  const slides = ways.filter(({ dx, sinceMs }) => dx !== 0 && isUnderWay(moves, sinceMs, MOVE_MS))
  return slides.length === 0 ? {} : { motion: { kind: 'slide', slides } }
}

export function grow(
  moves: Moves,
  sinceMs: number | undefined,
  { at, from, ms }: { readonly at: Point; readonly from: Point; readonly ms: number },
): { readonly motion?: Motion } {
  if (sinceMs === undefined || !isUnderWay(moves, sinceMs, ms)) return {}
  return { motion: { kind: 'grow', at, from, sinceMs, ms } }
}

/** cubic-bezier(.2, 0, 0, 1): how much of a motion is still to go. */
const left = (sinceMs: number, ms: number, timeMs: number): number =>
  1 - ease((timeMs - sinceMs) / ms, 0.2, 0)

/** How far from its place something that slides is. */
export function offsetAt(motion: Motion | undefined, timeMs: number): number {
  if (motion?.kind !== 'slide') return 0
  const far = (sum: number, { dx, sinceMs }: Slide) => sum + dx * left(sinceMs, MOVE_MS, timeMs)
  return round(motion.slides.reduce(far, 0))
}

/** As an SVG transform; '' once all is in its place. */
export function transformAt(motion: Motion, timeMs: number): string {
  if (motion.kind === 'slide') {
    const dx = offsetAt(motion, timeMs)
    return dx === 0 ? '' : `translate(${dx} 0)`
  }
  const { at, from, sinceMs, ms } = motion
  const rest = left(sinceMs, ms, timeMs)
  if (rest === 0) return ''
  const [x, y] = [from.x, from.y].map((share) => Math.round((1 - (1 - share) * rest) * 1e4) / 1e4)
  return `translate(${at.x} ${at.y}) scale(${x} ${y}) translate(${-at.x} ${-at.y})`
}

/** What is left until then, as a label says it. */
export const leftWords = (dueMs: number, timeMs: number): string =>
  `${(Math.max(0, dueMs - timeMs) / 1000).toFixed(1)} s left`
