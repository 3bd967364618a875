// The one geometry: a picture, a size and a moment in, exact shapes out. Pure; every view draws this.
import type { Picture } from '../picture/types.ts'
import { movingAt, placeFlights } from './flights.ts'
import { layoutOf } from './layout.ts'
import { countPlates, drawHints, drawSteps } from './marks.ts'
import { movesOf } from './motion.ts'
import { partsOf } from './parts.ts'
import { planOf } from './plan.ts'
import type { Scene, View } from './types.ts'
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
    lines,
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
