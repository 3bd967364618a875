// The sizes LOOK gives, measured on the scenes of the mockups.
import { describe, expect, test } from 'vitest'
import { consumer, line, token } from './fixtures/make.fixture.ts'
import {
  crowded,
  crowdedView,
  home,
  homeView,
  playground,
  playgroundView,
} from './fixtures/pictures.fixture.ts'
import { scene } from './scene.ts'
import { type Role, styles } from './style.ts'
import { round } from './track.ts'
import type { BasicShape, PlacedPart, Scene, Shape } from './types.ts'

const light = scene(playground, playgroundView, 11_800)
const part = (of: Scene, id: string): PlacedPart => {
  const found = of.parts.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no part ${id}`)
  return found
}
const withRole = (shapes: readonly Shape[], role: Role): readonly BasicShape[] =>
  shapes.filter((shape): shape is BasicShape => shape.shape !== 'token' && shape.role === role)
const tokensOf = (one: PlacedPart) => one.shapes.filter((shape) => shape.shape === 'token')
const textOf = (one: PlacedPart, words: string) => {
  const found = one.shapes.find((shape) => shape.shape === 'text' && shape.text === words)
  if (found?.shape !== 'text') throw new Error(`no text ${words}`)
  return found
}

describe('a tape', () => {
  const tape = part(light, 'orders/0')
  const [ground] = withRole(tape.shapes, 'tape.ground')
  if (ground?.shape !== 'rect') throw new Error('a tape has a ground')

  test('has cells of 40 × 48, six of them where the playground has 1080', () => {
    expect([ground.width, ground.height]).toEqual([240, 48])
    const ruled = withRole(tape.shapes, 'tape.cell').map(
      (shape) => shape.shape === 'path' && shape.d,
    )
    expect(ruled[0]).toBe(`M${ground.x + 40} ${ground.y}V${ground.y + 48}`)
    expect(ruled).toHaveLength(5)
  })

  test('has token centres at y 20, pips at 42.5 and offsets in mono 15 below', () => {
    expect(tokensOf(tape).map(({ x, y }) => [x - ground.x, y - ground.y])).toEqual([
      [20, 20],
      [60, 20],
      [100, 20],
      [140, 20],
    ])
    const pips = withRole(tape.shapes, 'pip')
    expect(new Set(pips.map((pip) => pip.y - ground.y))).toEqual(new Set([42.5]))
    expect(pips).toHaveLength(1 + 1 + 2 + 2)
    const offset = textOf(tape, '0')
    expect(offset).toMatchObject({ family: 'mono', size: 15, role: 'ink-3', y: ground.y + 66 })
  })

  test('is torn where it grows, closed where it begins', () => {
    const [edges, torn] = withRole(tape.shapes, 'tape.rule')
    expect(
      edges?.shape === 'path' && edges.d.endsWith(`M${ground.x} ${ground.y}V${ground.y + 48}`),
    ).toBe(true)
    expect(torn?.shape === 'path' && torn.d).toBe(
      `M${ground.x + 240} ${ground.y}${'l4 8l-4 8'.repeat(3)}`,
    )
  })

  test('hatches what is not yet replicated', () => {
    expect(withRole(part(light, 'orders/2').shapes, 'tape.hatch')).toHaveLength(1)
    expect(withRole(tape.shapes, 'tape.hatch')).toHaveLength(0)
  })

  test('carries the watermark above and one pole an offset below, a lagging one in fault colours', () => {
    const last = part(light, 'orders/2')
    const y = withRole(last.shapes, 'tape.ground')[0]?.y ?? 0
    const x = withRole(last.shapes, 'tape.ground')[0]?.x ?? 0
    const [pole] = withRole(last.shapes, 'hw.pole')
    expect(pole?.shape === 'path' && pole.d).toBe(`M${x + 160} ${y - 22}V${y + 48}`)
    const poles = [...withRole(last.shapes, 'flag.pole.hot'), ...withRole(last.shapes, 'flag.pole')]
    expect(poles.map((shape) => shape.shape === 'path' && shape.d)).toEqual(
      [2, 3, 4].map((offset) => `M${x + offset * 40} ${y + 48}V${y + 94}`),
    )
    expect(textOf(last, 'p').role).toBe('text.fault')
    expect(textOf(last, 'ie').role).toBe('ink')
  })
})

describe('a consumer', () => {
  const card = part(light, 'payments-0')
  const dead = part(light, 'payments-1')

  test('is 248 × 100, and 20 more for each line it says', () => {
    expect(card.box).toMatchObject({ width: 248, height: 100 })
    expect(dead.box).toMatchObject({ width: 248, height: 140 })
  })

  test('has its stops on a line at 52; the token rides it; the current stage is on a wash', () => {
    const stops = [
      ...withRole(card.shapes, 'stop.done'),
      ...withRole(card.shapes, 'stop.off'),
      ...withRole(card.shapes, 'stop.lit'),
      ...withRole(card.shapes, 'stop'),
    ]
    expect(stops.map((stop) => [round(stop.x - card.box.x), stop.y - card.box.y])).toEqual([
      [26.04, 52],
      [85.56, 52],
      [148.8, 52],
      [210.8, 52],
    ])
    expect(tokensOf(card)[0]).toMatchObject({ x: card.box.x + 148.8, y: card.box.y + 52 })
    expect(textOf(card, 'effect')).toMatchObject({ role: 'text.accent', weight: 600, size: 15 })
    expect(textOf(card, 'poll')).toMatchObject({ role: 'ink-2', size: 15 })
    expect(textOf(card, 'P0 P1')).toMatchObject({ family: 'mono', anchor: 'end' })
  })

  test('that crashed says so, with a bolt on the line where it died and a ghost of what it held', () => {
    expect(withRole(dead.shapes, 'box.crashed')).toHaveLength(1)
    expect(textOf(dead, 'crashed').role).toBe('text.fault')
    const [disc] = withRole(dead.shapes, 'bolt.disc')
    expect(disc).toMatchObject({ radius: 12, y: dead.box.y + 52 })
    expect(disc?.x).toBeCloseTo(dead.box.x + (148.8 + 210.8) / 2, 1)
    const [held] = tokensOf(dead)
    expect(held?.shape === 'token' && held.token.ghost).toBe(true)
    expect(withRole(dead.shapes, 'stop.lit')).toHaveLength(0)
  })

  test('selected has 2px of accent, 4px out', () => {
    const [outline] = withRole(dead.shapes, 'selection')
    expect(outline).toMatchObject({ x: dead.box.x - 4, y: dead.box.y - 4, width: 256, height: 148 })
    expect(styles.selection).toMatchObject({ stroke: 'accent', width: 2 })
  })

  test('with several workers has a line for each, and the names of the stages once', () => {
    const two = {
      ...home,
      parts: home.parts.flatMap((one) =>
        one.kind === 'pipeline' && one.of === 'payments-0'
          ? [one, line('payments-0', 2, token('44'), { worker: 1 })]
          : [one],
      ),
    }
    const busy = part(scene(two, homeView, 0), 'payments-0')
    expect(busy.box.height).toBe(136)
    expect(tokensOf(busy).map((one) => one.y - busy.box.y)).toEqual([52, 88])
    expect(busy.shapes.filter((s) => s.shape === 'text' && s.text === 'commit')).toHaveLength(1)
  })
})

describe('a collapsed group', () => {
  const card = part(light, 'inventory')

  test('is 248 × 44 with small stops under the stops of the full cards', () => {
    expect(card.box).toMatchObject({ width: 248, height: 44 })
    const full = part(light, 'payments-0')
    const xs = (one: PlacedPart) =>
      one.shapes.flatMap((s) => (s.shape === 'circle' && s.role.startsWith('stop') ? [s.x] : []))
    expect(xs(card)).toEqual(xs(full))
    const lit = withRole(card.shapes, 'stop.small.lit')[0]
    expect(lit).toMatchObject({ radius: 5, y: card.box.y + 32 })
    expect(withRole(card.shapes, 'stop.small.off')[0]).toMatchObject({ radius: 3.5 })
    expect(tokensOf(card)).toHaveLength(0)
    expect(textOf(card, 'inventory').y).toBe(card.box.y + 20)
  })

  test('of more than three instances is one card with a count, and the first partition with +n', () => {
    const many = part(scene(crowded, crowdedView, 0), 'payments')
    expect(many.kind).toBe('collapsed')
    expect(textOf(many, '×5')).toBeDefined()
    expect(textOf(many, 'P0 +5')).toBeDefined()
  })

  test('stays one card even in focus when it has more than three instances', () => {
    const focused = scene(crowded, { ...crowdedView, focus: 'payments' }, 0)
    expect(part(focused, 'payments').kind).toBe('collapsed')
  })
})

describe('a ledger', () => {
  test('has its title on an ink rule of 1.5, its kind in ink-3, tokens in a grid', () => {
    const ledger = part(light, 'card-charges')
    expect(styles['rule.ink']).toEqual({ stroke: 'ink', width: 1.5 })
    const rule = withRole(ledger.shapes, 'rule.ink')[0]
    expect(rule?.shape === 'path' && rule.d).toBe(
      `M${ledger.box.x} ${ledger.box.y + 23}H${ledger.box.x + 108}`,
    )
    expect(textOf(ledger, 'external API').role).toBe('ink-3')
    expect(tokensOf(ledger).map(({ x, y }) => [x - ledger.box.x, y - ledger.box.y])).toEqual([
      [18, 70],
      [54, 70],
      [90, 70],
      [18, 114],
      [54, 114],
    ])
  })

  test('gives what stands twice two places', () => {
    const ledger = part(light, 'sent-e-mails')
    expect(tokensOf(ledger).map(({ x }) => x - ledger.box.x)).toEqual([18, 90, 18, 54, 90])
  })

  test('marks a wrong number with the octagon at its left and says what was expected', () => {
    const stock = part(scene(crowded, crowdedView, 0), 'stock')
    const [octagon] = withRole(stock.shapes, 'octagon')
    const wrong = textOf(stock, '3')
    expect(wrong).toMatchObject({ role: 'text.broken', anchor: 'end' })
    expect(octagon?.x).toBeLessThan(wrong.x - 9)
    expect(octagon?.y).toBeCloseTo(wrong.y - 5.4, 5)
    expect(textOf(stock, 'expected 4').role).toBe('ink-3')
    expect(textOf(stock, '8').role).toBe('ink')
  })
})

describe('type on the canvas', () => {
  test('is 15 or more everywhere, and the title of a stream 18', () => {
    for (const one of [light, scene(home, homeView, 0), scene(crowded, crowdedView, 0)]) {
      const shapes: readonly Shape[] = [...one.parts.flatMap((p) => p.shapes), ...one.over]
      for (const shape of shapes)
        if (shape.shape === 'text') expect(shape.size).toBeGreaterThanOrEqual(15)
    }
    expect(textOf(part(light, 'orders'), 'orders').size).toBe(18)
  })
})

describe('lines', () => {
  test('are cubics, level at both ends, the edge in the widths and dashes of LOOK', () => {
    for (const wire of light.wires) {
      expect(wire.track.curves).toHaveLength(1)
      const [, y0, , y1, , y2, , y3] = wire.track.curves[0] ?? []
      expect([y1, y2]).toEqual([y0, y3])
    }
    expect(styles['edge.idle']).toMatchObject({ stroke: 'rule', width: 1.5 })
    expect(styles['edge.live']).toMatchObject({ stroke: 'ink-2', width: 2 })
    expect(styles['edge.cause']).toMatchObject({ stroke: 'accent', width: 2.5 })
    expect(styles['edge.rebalancing']).toMatchObject({ stroke: 'accent', dash: [7, 5] })
    expect(styles['edge.lost']).toMatchObject({ dash: [2, 5] })
  })

  test('of partitions leave the partition; a group that reads everything leaves the bracket by one', () => {
    const to = (id: string) => light.wires.filter((wire) => wire.to === id)
    expect(
      to('payments-0')
        .map((wire) => wire.from)
        .toSorted(),
    ).toEqual(['orders/0', 'orders/1', 'orders/2'])
    expect(to('email')).toHaveLength(1)
    expect(to('email')[0]?.ids).toEqual([
      'orders/0>email-0',
      'orders/1>email-0',
      'orders/2>email-0',
    ])
    expect(light.lines).toHaveLength(1)
  })

  test('end in one head a target, and a lost line has none', () => {
    const heads = light.wires.filter((wire) => wire.to === 'payments-0' && wire.shapes.length === 2)
    expect(heads).toHaveLength(1)
    expect(heads[0]?.state).toBe('rebalancing')
    expect(light.wires.find((wire) => wire.to === 'payments-1')?.shapes).toHaveLength(1)
  })
})

test('consumers of no group are drawn too', () => {
  const alone = {
    ...home,
    groups: [],
    parts: [...home.parts.filter((one) => one.kind !== 'wire'), consumer('worker', 'P0')],
  }
  const kinds = scene(alone, homeView, 0).parts.filter((one) => one.kind === 'consumer')
  expect(kinds.map((one) => one.id)).toContain('worker')
})
