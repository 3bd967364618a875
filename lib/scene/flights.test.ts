// Tokens under way: a place for every moment of simulated time, and only for moments of the flight.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { token } from './fixtures/make.fixture.ts'
import { playground, playgroundView } from './fixtures/pictures.fixture.ts'
import { eachMoving, movingAt, shareAt, wakeOf } from './flights.ts'
import { scene } from './scene.ts'
import { cubic, ease, lengthOf, pathOf, pointAt, rail, stretch } from './track.ts'
import type { PlacedFlight } from './types.ts'

const track = cubic({ x: 0, y: 0 }, { x: 200, y: 100 })
const flight = (more: Partial<PlacedFlight> = {}): PlacedFlight => ({
  wire: 'w',
  track,
  back: false,
  tokens: [token('41')],
  radius: 15,
  sentMs: 1000,
  dueMs: 1600,
  dim: false,
  ...more,
})

describe('the easing', () => {
  test('is cubic-bezier(.45, 0, .25, 1): values computed from its definition by bisection', () => {
    const reference = (time: number): number => {
      const axis = (s: number, a: number, b: number) =>
        3 * a * s * (1 - s) ** 2 + 3 * b * s ** 2 * (1 - s) + s ** 3
      let [low, high] = [0, 1]
      for (let i = 0; i < 60; i++) {
        const s = (low + high) / 2
        if (axis(s, 0.45, 0.25) < time) low = s
        else high = s
      }
      return axis(low, 0, 1)
    }
    for (let time = 0; time <= 1.0001; time += 0.01)
      expect(ease(time)).toBeCloseTo(reference(Math.min(1, time)), 6)
  })

  test('never goes back', () => {
    const at = (i: number) => ease(i / 1000)
    for (let i = 1; i <= 1000; i++) expect(at(i)).toBeGreaterThanOrEqual(at(i - 1))
  })
})

describe('a flight', () => {
  const at = (timeMs: number, one = flight()) => movingAt([one], timeMs)

  test('is on its line from the moment it is sent until it is due, and at no other', () => {
    expect(at(999)).toHaveLength(0)
    expect(at(1000)[0]).toMatchObject({ x: 0, y: 0 })
    expect(at(1599)).toHaveLength(1)
    expect(at(1600)).toHaveLength(0)
  })

  test('is where the easing puts it, half way at a time known from the curve', () => {
    const { x, y } = pointAt(track, ease(0.5))
    expect(at(1300)[0]).toMatchObject({ x, y })
  })

  test('returns the other way, and its wake is behind it', () => {
    const back = flight({ back: true })
    expect(at(1000, back)[0]).toMatchObject({ x: 200, y: 100 })
    const [from, to] = wakeOf(back, 0.5)
    expect(from).toBe(0.5)
    expect(to).toBeGreaterThan(0.5)
    const [start, end] = wakeOf(flight(), 0.5)
    expect(end).toBe(0.5)
    expect((end - start) * lengthOf(track)).toBeCloseTo(36, 5)
  })

  test('of a batch goes one behind the other, and all have arrived when it is due', () => {
    const batch = flight({ tokens: ['41', '42', '43', '44', '45'].map((label) => token(label)) })
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 1599 }), (timeMs) => {
        const shares = batch.tokens.map((_, nth) => shareAt(batch, nth, timeMs, 'fly') ?? -1)
        expect(shares).toEqual(shares.toSorted((a, b) => b - a))
      }),
    )
    expect(shareAt(batch, 4, 1599.99, 'fly')).toBeGreaterThan(0.999)
  })

  test('stands still on its line where motion is reduced, and is a number above 4×', () => {
    const still = [1010, 1300, 1590].map((timeMs) => movingAt([flight()], timeMs, 'jump')[0]?.x)
    expect(new Set(still).size).toBe(1)
    expect(movingAt([flight()], 1300, 'count')).toHaveLength(0)
    const counted = scene(playground, { ...playgroundView, motion: 'count' }, 11_800)
    const words = counted.over.flatMap((shape) => (shape.shape === 'text' ? [shape.text] : []))
    expect(words.filter((word) => word === '1')).toHaveLength(3)
  })

  test('visits the same tokens as the list it makes', () => {
    const seen: string[] = []
    eachMoving([flight(), flight({ sentMs: 5000, dueMs: 6000 })], 1300, 'fly', (_, { message }) =>
      seen.push(message),
    )
    expect(seen).toEqual(['41-1'])
  })
})

test('a flight to a member of a collapsed group runs on the line of its group', () => {
  const drawn = scene(playground, playgroundView, 11_800)
  const line = drawn.wires.find((wire) => wire.to === 'email')
  const flying = drawn.flights.find((one) => one.wire === 'orders/0>email-0')
  expect(flying?.track).toBe(line?.track)
  expect(drawn.moving).toHaveLength(3)
})

describe('a track', () => {
  test('made of rails is travelled by length, corner to corner', () => {
    const rails = rail([
      { x: 0, y: 0 },
      { x: 0, y: 30 },
      { x: 10, y: 30 },
    ])
    expect(lengthOf(rails)).toBeCloseTo(40, 6)
    expect(pointAt(rails, 0.75)).toMatchObject({ y: 30 })
    expect(pointAt(rails, 0.75).x).toBeCloseTo(0, 6)
    expect(pathOf(rails)).toBe('M0 0L0 30L10 30')
  })

  test('gives any stretch of itself as a curve that begins and ends on it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.9, noNaN: true }), (from) => {
        const d = stretch(track, from, from + 0.1)
        const numbers = d.match(/-?[\d.]+/g)?.map(Number) ?? []
        const [a, b] = [pointAt(track, from), pointAt(track, from + 0.1)]
        expect(numbers[0]).toBeCloseTo(a.x, 1)
        expect(numbers[1]).toBeCloseTo(a.y, 1)
        expect(numbers.at(-2)).toBeCloseTo(b.x, 1)
        expect(numbers.at(-1)).toBeCloseTo(b.y, 1)
      }),
    )
  })
})
