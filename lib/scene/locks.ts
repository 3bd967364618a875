// Messages that a group's members lock one by one: under each how it stands with it, and how often it was
// handed out, a line for each group.
import type { Taken } from '../picture/types.ts'
import { letterBox, mono, path, rect } from './shapes.ts'
import { bottomOf, CELL, LOCK_ROW, slotAt, type TapePlace } from './tape-place.ts'
import type { BasicShape, Point } from './types.ts'

/** Middle of the nth group's line. */
const lineY = (place: TapePlace, nth: number): number =>
  bottomOf(place) + 24 + LOCK_ROW * nth + LOCK_ROW / 2 - 2

export function lockLetters(place: TapePlace): readonly BasicShape[] {
  return (place.part.lockedBy ?? []).flatMap(({ letter }, nth) =>
    letterBox(place.x - 30, lineY(place, nth) - 9, letter, 'card'),
  )
}

export function drawLocks(place: TapePlace, first: number): readonly BasicShape[] {
  return (place.part.lockedBy ?? []).flatMap(({ group }, nth) =>
    Array.from({ length: place.cells }, (_, i) => {
      const taken = slotAt(place.part, first + i)?.taken?.find((each) => each.group === group)
      const at = { x: place.x + i * CELL + CELL / 2, y: lineY(place, nth) }
      return taken === undefined ? [] : drawTaken(taken, at)
    }).flat(),
  )
}

/** A badge with the count while it is held, dashed when it may be had again; else a check or a cross. */
function drawTaken({ state, count }: Taken, at: Point): readonly BasicShape[] {
  if (state === 'done') return [path('M-5.5 0.5L-1.5 4.5L5.5 -4.5', 'control.mark', at)]
  if (state === 'archived')
    return [path('M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5', 'lock.archived', at)]
  const box = { x: at.x - 15, y: at.y - 10, width: 30, height: 20 }
  const [role, tone] =
    state === 'acquired' ? (['lock', 'ink'] as const) : (['lock.returned', 'ink-2'] as const)
  return [
    rect(box, 0, role),
    mono({ x: at.x, y: at.y + 5.4 }, `#${count}`, tone, { weight: 600, anchor: 'middle' }),
  ]
}
