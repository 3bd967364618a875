// An exchange: a plate that routes and keeps nothing. It spans the lanes bound to it, one slot each on its spine.
import { textWidth } from './measure.ts'
import type { Plan, PlannedStream } from './plan.ts'
import { circle, path, text } from './shapes.ts'
import type { TapePlace } from './tape-place.ts'
import type { Box, Shape } from './types.ts'

export const PLATE_WIDTH = 28
const CHAMFER = 8
/** From the middle of its first and last lane to its ends. */
const REACH = 34
/** Where lines to and from other exchanges' queues meet a plate, from the top of its first lane's cells. */
export const PLATE_LINES = { out: 2, in: 13, ring: 42 } as const

/** Room for plates, their titles and the lanes of dead letters, left of the cells. */
export function exchangeWidth(plan: Plan): number {
  const titles = plan.streams
    .filter(({ spreads }) => spreads === true)
    .flatMap(({ title, note }) => [textWidth(title, 18, 600), textWidth(note, 15)])
  return titles.length === 0 ? 0 : Math.ceil(Math.max(96, ...titles) + 16)
}

/** Null where nothing is bound to it that could be drawn. */
export function plateOf(x: number, tapes: readonly TapePlace[]): Box | null {
  const [first, last] = [tapes[0], tapes.at(-1)]
  if (first === undefined || last === undefined) return null
  const y = first.y + 24 - REACH
  return { x, y, width: PLATE_WIDTH, height: last.y + 24 + REACH - y }
}

export function drawExchange(
  { title, note }: PlannedStream,
  plate: Box,
  tapes: readonly TapePlace[],
): readonly Shape[] {
  const { x, y, width, height } = plate
  const [right, bottom, middle] = [x + width, y + height, x + width / 2]
  const c = CHAMFER
  const outline = `M${x + c} ${y}H${right - c}l${c} ${c}V${bottom - c}l${-c} ${c}H${x + c}l${-c} ${-c}V${y + c}Z`
  const slots = tapes.map((tape) => tape.y + 24)
  const stubs = slots.map((slot) => `M${middle} ${slot}H${right}`).join('')
  return [
    text({ x, y: y - 26 }, title, 'ink', { size: 18, weight: 600, tracking: -0.008 }),
    text({ x, y: y - 7 }, note, 'ink-3'),
    path(outline, 'exchange'),
    path(`M${middle} ${Math.min(...slots)}V${Math.max(...slots)}${stubs}`, 'exchange.spine'),
    ...slots.map((slot) => circle(middle, slot, 4, 'exchange.slot')),
  ]
}

/** With its title, as it is pointed at and focused. */
export const exchangeBox = ({ title }: PlannedStream, plate: Box): Box => ({
  x: plate.x,
  y: plate.y - 44,
  width: Math.max(plate.width, textWidth(title, 18, 600)),
  height: plate.height + 44,
})
