// What is drawn over a scene: numbered steps of a causal path, hints under a card, counts on lines.
import { LINE_Y, stopX } from './card.ts'
import { textWidth } from './measure.ts'
import type { Layout } from './placed.ts'
import { bolt, path, plate, stepDisc, text } from './shapes.ts'
import { cellBox } from './tape-place.ts'
import { pointAt, round } from './track.ts'
import type { BasicShape, PlacedFlight, PlacedWire, Point, View } from './types.ts'

export function drawSteps(
  layout: Layout,
  wires: readonly PlacedWire[],
  view: View,
): readonly BasicShape[] {
  const taken: Point[] = []
  // The last first: an earlier one at the same place stands left of it.
  const discs = (view.steps ?? []).toReversed().map((step) => {
    const at = placeOf(step.at, layout, wires)
    if (at === null) return []
    let x = at.x
    while (taken.some((p) => Math.abs(p.x - x) < 26 && Math.abs(p.y - at.y) < 26)) x -= 26
    taken.push({ x, y: at.y })
    return stepDisc(round(x), round(at.y), step.text, step.bad)
  })
  return discs.reverse().flat()
}

function placeOf(id: string, layout: Layout, wires: readonly PlacedWire[]): Point | null {
  const wire = wires.find((one) => one.ids.includes(id))
  if (wire !== undefined) return pointAt(wire.track, 0.5)
  const [part, offset] = id.split('@')
  for (const { tapes } of layout.streams)
    for (const tape of tapes) {
      if (tape.part.id !== part) continue
      const cell = offset === undefined ? null : cellBox(tape, Number(offset))
      return cell === null ? { x: tape.x, y: tape.y - 16 } : { x: cell.x + 20, y: tape.y - 16 }
    }
  const row = layout.streams
    .flatMap(({ tapes }) => tapes.flatMap(({ rows }) => rows))
    .find(({ node }) => node.id === id)
  if (row !== undefined) return { x: row.box.x + row.box.width - 12, y: row.box.y + 8 }
  const name = id.split('#')[0]
  const cards = layout.groups.flatMap(({ cards }) => cards)
  const card = cards.find((one) => one.card.id === name)
  if (card !== undefined) return { x: card.box.x + card.box.width - 92, y: card.box.y + 18 }
  const box =
    [...layout.producers, ...layout.stores].find((one) => one.card.id === name)?.box ??
    layout.sinks.find((one) => one.sink.id === name)?.box ??
    layout.groups.find((one) => one.group.id === name)?.box
  return box === undefined ? null : { x: box.x + box.width - 12, y: box.y + 8 }
}

/** The stretch between two stops in fault colours, and what a crash there would do, under the card. */
export function drawHints(layout: Layout, view: View): readonly BasicShape[] {
  const cards = layout.groups.flatMap(({ cards }) => cards)
  return (view.hints ?? []).flatMap((hint) => {
    const placed = cards.find((one) => one.card.id === hint.card)
    const stops = placed?.lines[0]?.stops ?? []
    const [from, to] = [hint.from, hint.to].map((id) => stops.findIndex((stop) => stop.id === id))
    if (placed === undefined || from === undefined || to === undefined || from < 0 || to < 0)
      return []
    const { box } = placed
    const a = round(box.x + stopX(stops, from, box.width))
    const b = round(box.x + stopX(stops, to, box.width))
    const below = box.y + box.height + 8
    const width = textWidth(hint.text, 15, 600)
    const left = Math.min(Math.max(4, (a + b) / 2 - width / 2 + 11), layout.width - width - 4)
    return [
      path(`M${a + 24} ${box.y + LINE_Y}H${b - 6}`, 'line.risk'),
      path(`M${a} ${below}v8H${b}v-8M${(a + b) / 2} ${below + 8}v18`, 'line.hint'),
      bolt(left - 14, below + 41),
      text({ x: left, y: below + 46 }, hint.text, 'text.fault', { weight: 600 }),
    ]
  })
}

/** Above 4× nothing flies: each line says how many are on it. */
export function countPlates(
  flights: readonly PlacedFlight[],
  timeMs: number,
): readonly BasicShape[] {
  const counts = new Map<PlacedFlight['track'], number>()
  for (const flight of flights)
    if (timeMs >= flight.sentMs && timeMs < flight.dueMs)
      counts.set(flight.track, (counts.get(flight.track) ?? 0) + flight.tokens.length)
  return [...counts].flatMap(([track, count]) => {
    const { x, y } = pointAt(track, 0.5)
    return plate(x, y, [String(count)], 'ink')
  })
}
