// Motions of what stands: exact at any simulated time, gone when they are over, absent where nothing may move.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Part, Picture } from '../picture/types.ts'
import { consumer, ledger, line, tape, token, wire } from './fixtures/make.fixture.ts'
import { playground, playgroundView } from './fixtures/pictures.fixture.ts'
import { hit } from './hit.ts'
import { leftWords, offsetAt, transformAt } from './motion.ts'
import { scene } from './scene.ts'
import type { PlacedPart, TextShape, TokenShape, View } from './types.ts'

const picture = (parts: readonly Part[]): Picture => ({
  ...playground,
  sinceMs: 1000,
  flights: [],
  parts: playground.parts.map(
    (old) =>
      parts.find(
        (part) =>
          part.kind === old.kind &&
          ('id' in part && 'id' in old
            ? part.id === old.id
            : 'of' in part && 'of' in old && part.of === old.of),
      ) ?? old,
  ),
})

function partAt(parts: readonly Part[], id: string, more: Partial<View> = {}): PlacedPart {
  const drawn = scene(picture(parts), { ...playgroundView, ...more }, 1000)
  const found = drawn.parts.find((part) => part.id === id)
  if (found === undefined) throw new Error(`no part ${id}`)
  return found
}
const tokenIn = (part: PlacedPart): TokenShape => {
  const found = part.shapes.find((shape) => shape.shape === 'token')
  if (found?.shape !== 'token') throw new Error('no token')
  return found
}

describe('from stage to stage', () => {
  const ways = [
    { from: 0, sinceMs: 900 },
    { from: 2, sinceMs: 1000 },
  ]
  const parts = [line('payments-0', 3, token('44'), { ways })]
  const card = partAt(parts, 'payments-0')
  const { motion } = tokenIn(card)
  const x = (stop: number) => [0.105, 0.345, 0.6, 0.85][stop] ?? 0

  test('a token sets out from where it was, and carries on with a way cut short', () => {
    const alone = tokenIn(
      partAt([line('payments-0', 2, token('44'), { ways: [ways[0]!] })], 'payments-0'),
    )
    const before = alone.x + offsetAt(alone.motion, 1000)
    expect(tokenIn(card).x + offsetAt(motion, 1000)).toBeCloseTo(before, 1)
  })

  test('it begins at the stop it left and is there after 240 ms', () => {
    const from = [{ from: 2, sinceMs: 1000 }]
    const one = tokenIn(partAt([line('payments-0', 3, token('44'), { ways: from })], 'payments-0'))
    expect(offsetAt(one.motion, 1000)).toBeCloseTo((x(2) - x(3)) * 248, 1)
    expect(offsetAt(one.motion, 1240)).toBe(0)
    expect(transformAt(one.motion!, 1240)).toBe('')
  })

  test('one that comes from outside comes from the edge of its card', () => {
    const first = [{ from: -1, sinceMs: 1000 }]
    const part = partAt([line('payments-0', 0, token('44'), { ways: first })], 'payments-0')
    const one = tokenIn(part)
    expect(one.x + offsetAt(one.motion, 1000)).toBeCloseTo(part.box.x, 1)
  })

  test('never turns back', () => {
    fc.assert(
      fc.property(fc.double({ min: 1000, max: 1300, noNaN: true }), (timeMs) => {
        expect(offsetAt(motion, timeMs + 1)).toBeGreaterThanOrEqual(offsetAt(motion, timeMs))
      }),
      { seed: 5 },
    )
  })

  test('is pointed at where it is, not where it will be', () => {
    const drawn = scene(picture(parts), playgroundView, 1000)
    const at = { x: tokenIn(card).x + offsetAt(motion, 1000), y: tokenIn(card).y }
    expect(hit(drawn, at)).toMatchObject({ kind: 'message', message: '44-1' })
    expect(hit(drawn, at, 1300)).toEqual({ kind: 'part', part: 'payments-0' })
  })

  test.each(['jump', 'count'] as const)('nothing is on its way with motion %s', (how) => {
    expect(tokenIn(partAt(parts, 'payments-0', { motion: how })).motion).toBeUndefined()
  })

  test('nothing is on its way that arrived before the moment drawn', () => {
    const long = [{ from: 2, sinceMs: 760 }]
    const old = line('payments-0', 3, token('44'), { ways: long })
    expect(tokenIn(partAt([old], 'payments-0')).motion).toBeUndefined()
  })
})

test('the bolt of a crash comes out from six tenths in 120 ms, the dashed box at once', () => {
  const dead = consumer('payments-1', 'P2', { state: 'crashed', said: 'Crashed', sinceMs: 1000 })
  const part = partAt([dead], 'payments-1')
  const bolt = part.shapes.find((shape) => shape.shape === 'path' && shape.role === 'bolt')
  const disc = part.shapes.find((shape) => shape.shape === 'circle' && shape.role === 'bolt.disc')
  expect(bolt?.motion).toMatchObject({ kind: 'grow', from: { x: 0.6, y: 0.6 } })
  expect(transformAt(bolt!.motion!, 1000)).toContain('scale(0.6 0.6)')
  expect(transformAt(bolt!.motion!, 1120)).toBe('')
  expect(disc?.motion).toEqual(bolt?.motion)
  const box = part.shapes.find((shape) => shape.shape === 'rect' && shape.role === 'box.crashed')
  expect(box).toBeDefined()
  expect(box?.motion).toBeUndefined()
})

describe('a tape', () => {
  const labels = ['41', '44', '41', '44', '41', '44', '41']
  const grown = (sinceMs: number) => {
    const full = tape(0, labels)
    const slots = full.slots.map((slot, i) => (i === 6 ? { ...slot, sinceMs } : slot))
    return partAt([{ ...full, slots }], 'orders/0')
  }

  test('that is full shifts by a cell in 240 ms: tokens, pips and offsets, not its ground', () => {
    const part = grown(1000)
    const moving = part.shapes.filter(({ motion }) => motion !== undefined)
    expect(new Set(moving.map(({ motion }) => offsetAt(motion, 1000)))).toEqual(new Set([40]))
    expect(new Set(moving.map(({ motion }) => offsetAt(motion, 1240)))).toEqual(new Set([0]))
    expect(moving.filter(({ shape }) => shape === 'token')).toHaveLength(5)
    expect(
      part.shapes.some(
        (s) => s.shape === 'rect' && s.motion !== undefined && s.role === 'tape.ground',
      ),
    ).toBe(false)
  })

  test('stands still long after, and where it has room', () => {
    expect(grown(700).shapes.some(({ motion }) => motion !== undefined)).toBe(false)
    const roomy = tape(0, ['41', '44'])
    const slots = roomy.slots.map((slot) => ({ ...slot, sinceMs: 1000 }))
    const part = partAt([{ ...roomy, slots }], 'orders/0')
    expect(part.shapes.some(({ motion }) => motion !== undefined)).toBe(false)
  })
})

test('the tag of a duplicate comes out from behind its token; at the very moment it is there', () => {
  const tagged = (sinceMs: number, more: Partial<View> = {}) => {
    const twice = token('42', 1, { times: 2, sinceMs })
    const sink = ledger(['card-charges', 'card charges', 'external API'], [twice])
    return tokenIn(partAt([sink], 'card-charges', more)).taggedMs
  }
  expect(tagged(990)).toBe(990)
  expect(tagged(990, { motion: 'jump' })).toBeUndefined()
  expect(tagged(1000)).toBeUndefined()
})

test('a wire counts down under its label, in the colour of a fault', () => {
  const silent = wire('orders/2', 'payments-1', {
    state: 'lost',
    label: 'no heartbeat',
    dueMs: 2600,
  })
  const parts = playground.parts.filter((part) => part.kind !== 'wire' || part.label === '')
  const drawn = scene({ ...playground, parts: [...parts, silent] }, playgroundView, 1000)
  const texts = drawn.over.filter((shape): shape is TextShape => shape.shape === 'text')
  expect(texts.map(({ text, role }) => [text, role])).toEqual([
    ['no heartbeat', 'text.fault'],
    ['1.6 s left', 'text.fault'],
  ])
  expect(texts[1]?.countdown).toEqual({ before: '', dueMs: 2600 })
  expect([2600, 2549, 9000].map((now) => leftWords(2600, now))).toEqual([
    '0.0 s left',
    '0.1 s left',
    '0.0 s left',
  ])
})

test('above 4× each line says how many are on it at the moment drawn', () => {
  const drawn = scene(playground, { ...playgroundView, motion: 'count' }, 11_800)
  expect(drawn.moving).toHaveLength(0)
  const counts = drawn.over.filter((shape) => shape.shape === 'text' && shape.text === '1')
  expect(counts).toHaveLength(3)
})
