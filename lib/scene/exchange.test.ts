// Exchanges: plates that span what is bound to them, and the lines that come and go there at every width.
import { describe, expect, test } from 'vitest'
import { exchanges } from './fixtures/exchanges.fixture.ts'
import { scene } from './scene.ts'
import { pointAt } from './track.ts'
import type { PlacedWire, Scene } from './types.ts'

const widths = [1440, 1080, 1024, 912, 720, 664, 560, 390, 320]
const DEFAULT = '(AMQP default)'
const at = (width: number): Scene => scene(exchanges, { width, height: 580 }, 0)
const partOf = (drawn: Scene, id: string) => {
  const part = drawn.parts.find((each) => each.id === id)
  if (part === undefined) throw new Error(`no ${id}`)
  return part
}
const wireOf = (drawn: Scene, id: string): PlacedWire => {
  const wire = drawn.wires.find(({ ids }) => ids.includes(id))
  if (wire === undefined) throw new Error(`no ${id}`)
  return wire
}
const pointsOf = ({ track }: PlacedWire) =>
  Array.from({ length: 101 }, (_, i) => pointAt(track, i / 100))

describe.each(widths)('at %d', (width) => {
  const drawn = at(width)

  test('every line of the picture is drawn, and none leaves the sheet', () => {
    const named = exchanges.parts.flatMap((part) => (part.kind === 'wire' ? [part.id] : []))
    expect(drawn.wires.flatMap(({ ids }) => ids).sort()).toEqual(named.sort())
    for (const wire of drawn.wires)
      for (const { x, y } of pointsOf(wire)) {
        expect(x, wire.ids[0]).toBeGreaterThanOrEqual(4)
        expect(x, wire.ids[0]).toBeLessThanOrEqual(width - 4)
        expect(y, wire.ids[0]).toBeLessThanOrEqual(drawn.height)
      }
  })

  test('a publisher reaches the plate itself', () => {
    const plate = partOf(drawn, 'orders').box
    const end = pointAt(wireOf(drawn, 'order-service>orders').track, 1)
    expect(Math.abs(end.x - plate.x)).toBeLessThanOrEqual(4)
    expect(end.y).toBeGreaterThan(plate.y)
    expect(end.y).toBeLessThan(plate.y + plate.height)
  })

  test('what an exchange hands to its own queue goes straight there', () => {
    const points = pointsOf(wireOf(drawn, 'orders>orders.email'))
    const { box } = partOf(drawn, 'orders.email')
    expect(new Set(points.map(({ y }) => Math.round(y))).size).toBe(1)
    expect(Math.abs((points.at(-1)?.x ?? 0) - box.x)).toBeLessThanOrEqual(4)
  })

  test('dead letters go from their queue to the other plate, with the reason', () => {
    const plate = partOf(drawn, DEFAULT).box
    const end = pointAt(wireOf(drawn, `orders.payments>${DEFAULT}`).track, 1)
    expect(end.x).toBeGreaterThan(plate.x)
    expect(end.y).toBeGreaterThan(plate.y)
    expect(end.y).toBeLessThan(plate.y + plate.height)
    const words = drawn.over.flatMap((shape) => (shape.shape === 'text' ? [shape.text] : []))
    expect(words).toEqual(['rejected', 'expired'])
  })

  test('an answer ends at who asked', () => {
    const { box } = partOf(drawn, 'order-service')
    const end = pointAt(wireOf(drawn, 'orders.order-service.answers>order-service').track, 1)
    expect(end.y).toBeGreaterThanOrEqual(box.y)
    expect(end.y).toBeLessThanOrEqual(box.y + box.height)
    const gaps = [box.x - end.x, end.x - box.x - box.width]
    expect(Math.min(...gaps.map(Math.abs))).toBeLessThanOrEqual(4)
  })
})

test('a plate spans its lanes, with one slot for each', () => {
  const drawn = at(1080)
  const plate = partOf(drawn, 'orders')
  const slots = plate.shapes.flatMap((shape) => (shape.shape === 'circle' ? [shape.y] : []))
  const cells = ['orders.payments', 'orders.email'].map((id) => partOf(drawn, id).box)
  expect(slots).toHaveLength(2)
  slots.forEach((y, i) => {
    const box = cells[i]
    expect(y).toBeGreaterThan(box?.y ?? 0)
    expect(y).toBeLessThan((box?.y ?? 0) + (box?.height ?? 0))
  })
})
