// Arrangements: nothing overlaps at any width, every text stays on the sheet, long runs and many parts fit.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Picture } from '../picture/types.ts'
import { exchanges } from './fixtures/exchanges.fixture.ts'
import {
  committed,
  consumer,
  ledger,
  line,
  producer,
  tape,
  token,
  watermark,
  wire,
} from './fixtures/make.fixture.ts'
import {
  crowded,
  crowdedView,
  home,
  homeView,
  playground,
  playgroundView,
} from './fixtures/pictures.fixture.ts'
import { failedOver, opened, shared, transactional } from './fixtures/replicas.fixture.ts'
import { textWidth } from './measure.ts'
import { scene } from './scene.ts'
import type { Box, Scene, TextShape, View } from './types.ts'

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

function expectNoOverlap(drawn: Scene): void {
  const parts = drawn.parts.filter((part) => part.kind !== 'mark')
  for (const [i, a] of parts.entries())
    for (const b of parts.slice(i + 1))
      if (overlap(a.box, b.box)) throw new Error(`${a.id} overlaps ${b.id} at ${drawn.width}`)
}

function widthOf(shape: TextShape): { readonly left: number; readonly right: number } {
  const width = textWidth(shape.text, shape.size, shape.weight, shape.family)
  const left = { start: 0, middle: width / 2, end: width }[shape.anchor]
  return { left: shape.x - left, right: shape.x - left + width }
}

function expectOnSheet(drawn: Scene): void {
  const shapes = [...drawn.parts.flatMap((part) => part.shapes), ...drawn.over]
  for (const shape of shapes) {
    if (shape.shape !== 'text') continue
    const { left, right } = widthOf(shape)
    expect(left, shape.text).toBeGreaterThanOrEqual(-1)
    expect(right, shape.text).toBeLessThanOrEqual(drawn.width + 1)
    expect(shape.y, shape.text).toBeLessThanOrEqual(drawn.height)
  }
}

const widths = [1440, 1080, 1024, 912, 720, 664, 560, 390, 320]
const scenes: readonly (readonly [string, Picture, View])[] = [
  ['playground', playground, playgroundView],
  ['home', home, homeView],
  ['crowded', crowded, crowdedView],
  ['opened', opened, crowdedView],
  ['failed over', failedOver, playgroundView],
  ['transactional', transactional, playgroundView],
  ['shared', shared, playgroundView],
  ['exchanges', exchanges, playgroundView],
]

describe.each(scenes)('%s', (_, picture, view) => {
  test.each(widths)('has no part over another and no text off the sheet at %d', (width) => {
    const drawn = scene(picture, { ...view, width }, 11_800)
    expectNoOverlap(drawn)
    expectOnSheet(drawn)
    expect(drawn.width).toBe(width)
  })
})

test('the arrangement follows the width', () => {
  const at = (width: number) => scene(playground, { ...playgroundView, width }, 0).layout
  expect([1440, 1080, 1024].map(at)).toEqual(['row', 'row', 'row'])
  expect([720, 664].map(at)).toEqual(['tight', 'tight'])
  expect([560, 390].map(at)).toEqual(['stack', 'stack'])
})

test('the playground of the mockup fits its 1080 × 580', () => {
  expect(scene(playground, playgroundView, 0).height).toBe(580)
  expect(scene(crowded, crowdedView, 0).height).toBe(580)
  expect(scene(home, homeView, 0).height).toBe(440)
})

test('stacked: topic, then each group with the sink it writes to under it', () => {
  const drawn = scene(playground, { ...playgroundView, width: 390, height: 600 }, 0)
  const ids = drawn.parts.filter((one) => one.selectable).toSorted((a, b) => a.box.y - b.box.y)
  expect(ids.map((one) => one.id)).toEqual([
    'order-service',
    'orders',
    'orders/0',
    'orders/1',
    'orders/2',
    'payments-0',
    'payments-1',
    'card-charges',
    'inventory',
    'stock',
    'email',
    'sent-e-mails',
    'analytics',
    'counts',
  ])
})

test('a crash moves nothing but what the crashed card grows over', () => {
  const alive = {
    ...playground,
    parts: playground.parts.map((one) =>
      one.kind === 'card' && one.id === 'payments-1'
        ? { ...one, state: 'running' as const, said: '' }
        : one,
    ),
  }
  const boxes = (picture: Picture) =>
    scene(picture, playgroundView, 0)
      .parts.filter((one) => one.id !== 'payments-1')
      .map((one) => [one.id, one.box])
  expect(boxes(alive)).toEqual(boxes(playground))
})

describe('long runs', () => {
  const long = tape(0, Array.from({ length: 100_000 }, (_, i) => String(41 + (i % 5))).slice(-48))
  const end = 100_000
  const shifted = {
    ...long,
    first: end - 48,
    end,
    slots: long.slots.map((slot, i) => ({ ...slot, offset: end - 48 + i })),
  }
  const picture: Picture = {
    ...playground,
    parts: [
      ...playground.parts.filter((one) => one.kind !== 'tape' && one.kind !== 'pointer'),
      shifted,
      watermark(0, end),
      committed(0, end - 1, 'ie'),
      committed(0, 17, 'pa', true),
    ],
  }
  const drawn = scene(picture, playgroundView, 0)
  const part = drawn.parts.find((one) => one.id === 'orders/0')

  test('a tape shows its last cells, with one free cell where it grows', () => {
    expect(part?.shapes.filter((shape) => shape.shape === 'token')).toHaveLength(5)
    const torn = part?.shapes.filter(
      (shape) => shape.shape === 'path' && shape.role === 'tape.rule',
    )
    expect(torn).toHaveLength(3)
  })

  test('a position far behind stands at the edge, pointing back', () => {
    const words =
      part?.shapes.flatMap((shape) => (shape.shape === 'text' ? [shape.text] : [])) ?? []
    expect(words).toContain('‹pa')
    expect(words).toContain('ie')
    expect(words.some((word) => word.startsWith('…'))).toBe(true)
  })
})

test('many partitions are folded to three and a strip, or all drawn when asked for', () => {
  const folded = scene(crowded, crowdedView, 0)
  const kinds = (drawn: Scene) =>
    drawn.parts.filter((p) => p.kind === 'tape' || p.kind === 'fold').map((p) => p.id)
  expect(kinds(folded)).toEqual(['orders/0', 'orders/1', 'orders/2', 'orders/+'])
  const strip = folded.parts.find((p) => p.kind === 'fold')
  expect(strip?.label).toBe('P3 to P5: 11 events, lag 2')
  const all = scene(crowded, { ...crowdedView, allTapes: true }, 0)
  expect(kinds(all)).toEqual([0, 1, 2, 3, 4, 5].map((nth) => `orders/${nth}`))
  expectNoOverlap(all)
})

/** Any number of producers, partitions, groups of any size, and sinks with any contents. */
const anyPicture = fc
  .record({
    producers: fc.integer({ min: 0, max: 3 }),
    tapes: fc.integer({ min: 1, max: 12 }),
    length: fc.integer({ min: 0, max: 30 }),
    groups: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }),
    crashed: fc.boolean(),
    effects: fc.integer({ min: 0, max: 40 }),
    twice: fc.integer({ min: 0, max: 6 }),
  })
  .map(({ producers, tapes, length, groups, crashed, effects, twice }): Picture => {
    const names = ['payments', 'inventory', 'email', 'analytics', 'audit'].slice(0, groups.length)
    const members = (g: number) =>
      Array.from({ length: groups[g] ?? 1 }, (_, i) => `${names[g]}-${i}`)
    const tapeIds = Array.from({ length: tapes }, (_, i) => `orders/${i}`)
    return {
      sinceMs: 0,
      parts: [
        ...Array.from({ length: producers }, (_, i) =>
          producer({ id: `producer-${i}`, notes: ['acks=all'] }),
        ),
        ...tapeIds.map((_, i) =>
          tape(
            i,
            Array.from({ length }, (_, n) => String(41 + (n % 5))),
          ),
        ),
        ...names.flatMap((name, g) => [
          ...members(g).flatMap((id, i) => [
            consumer(
              id,
              `P${i}`,
              crashed && i === 0
                ? { state: 'crashed', said: 'Crashed after effect,\nbefore commit' }
                : {},
            ),
            line(id, 2, token('42')),
            ...tapeIds.map((from) => wire(from, id)),
            wire(id, `${name}-sink`),
          ]),
          ledger(
            [`${name}-sink`, name, 'external API'],
            Array.from({ length: effects }, (_, i) => token('42', i, { times: i < twice ? 2 : 1 })),
          ),
        ]),
      ],
      flights: [],
      streams: [{ id: 'orders', title: 'orders', note: `Kafka topic, ${tapes} partitions` }],
      groups: names.map((id, g) => ({ id, title: id, letter: id[0] ?? '', cards: members(g) })),
    }
  })

test('whatever there is to see, nothing overlaps, at any width', () => {
  fc.assert(
    fc.property(anyPicture, fc.constantFrom(...widths), (picture, width) => {
      expectNoOverlap(scene(picture, { width, height: 580 }, 0))
    }),
    { numRuns: 150 },
  )
})

test('the same picture, view and moment give the same scene, and leave the picture as it was', () => {
  const before = JSON.stringify(playground)
  const once = JSON.stringify(scene(playground, playgroundView, 11_800))
  expect(JSON.stringify(scene(playground, playgroundView, 11_800))).toBe(once)
  expect(JSON.stringify(playground)).toBe(before)
})
