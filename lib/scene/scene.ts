// The one geometry: a picture, a size and a moment in, exact shapes out. Pure; every view draws this.
import type { Picture } from '../picture/types.ts'
import { movingAt, placeFlights } from './flights.ts'
import { layoutOf } from './layout.ts'
import { countPlates, drawHints, drawSteps } from './marks.ts'
import { movesOf } from './motion.ts'
import { partsOf } from './parts.ts'
import type { Layout } from './placed.ts'
import { planOf } from './plan.ts'
import { syncLine } from './rows.ts'
import type { PlacedLine, PlacedPart, Scene, View } from './types.ts'
import { wiringOf } from './wires.ts'

export function scene(picture: Picture, view: View, timeMs: number): Scene {
  const plan = planOf(picture, view)
  const layout = layoutOf(plan, view)
  const parts = partsOf(plan, layout, view, movesOf(view, timeMs))
  const { wires, lines, plates } = wiringOf(plan, layout, view, timeMs)
  const flights = placeFlights(picture.flights, wires, layout.name)
  return {
    layout: layout.name,
    width: layout.width,
    height: layout.height,
    timeMs,
    parts,
    wires,
    lines: [...lines, ...syncLines(layout, parts)],
    flights,
    moving: movingAt(flights, timeMs, view.motion),
    over: [
      ...plates,
      ...(view.motion === 'count' ? countPlates(flights, timeMs) : []),
      ...drawHints(layout, view),
      ...drawSteps(layout, wires, view),
    ],
  }
}

/** Who is in sync belongs to no node alone: it is dimmed with its partition. */
function syncLines(layout: Layout, parts: readonly PlacedPart[]): readonly PlacedLine[] {
  const opened = layout.streams.flatMap(({ tapes }) => tapes.filter(({ rows }) => rows.length > 0))
  return opened.map((tape) => {
    const part = parts.find(({ id }) => id === tape.part.id)
    return syncLine(tape, part?.dim ?? false)
  })
}
