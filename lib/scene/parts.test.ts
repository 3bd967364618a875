// Flags, pips, ledgers, tokens, marks, hits and order: the small rules of what is drawn where.
import { describe, expect, test } from 'vitest'
import { assignmentWords } from './card.ts'
import { pips } from './cell.ts'
import { token } from './fixtures/make.fixture.ts'
import {
  home,
  homeView,
  playground,
  playgroundView,
  why,
  whyView,
} from './fixtures/pictures.fixture.ts'
import { arrangeFlags, flagWidth } from './flags.ts'
import { hit, order } from './hit.ts'
import { placeTokens } from './ledger.ts'
import { legend } from './legend.ts'
import { fitText, textWidth, wrap } from './measure.ts'
import { scene } from './scene.ts'
import { hatch } from './shapes.ts'
import { type Role, styleOf, styles } from './style.ts'

import { shortLabel, tokenShapes } from './token.ts'

describe('flags of committed positions', () => {
  const pole = (x: number, letters: string) => ({ x, letters, hot: false })

  test('stand right of their pole while the next pole leaves room', () => {
    const flags = arrangeFlags([pole(0, 'p'), pole(40, 'pi'), pole(80, 'piea')])
    expect(flags.map((flag) => [flag.left, flag.row])).toEqual([
      [false, 0],
      [false, 0],
      [false, 0],
    ])
  })

  test('stand left of it where it does not', () => {
    const flags = arrangeFlags([pole(80, 'pie'), pole(120, 'a')])
    expect(flags.map((flag) => [flag.letters, flag.left])).toEqual([
      ['pie', true],
      ['a', false],
    ])
  })

  test('never cover one another', () => {
    const letters = ['a', 'bc', 'def', 'ghij']
    for (const first of letters)
      for (const second of letters)
        for (const third of letters) {
          const flags = arrangeFlags([pole(40, first), pole(80, second), pole(120, third)])
          const spans = flags.map((flag) => ({
            row: flag.row,
            left: flag.left ? flag.x - flag.width : flag.x,
            right: flag.left ? flag.x : flag.x + flag.width,
          }))
          for (const [i, a] of spans.entries())
            for (const b of spans.slice(i + 1))
              if (a.row === b.row)
                expect(Math.min(a.right, b.right)).toBeLessThanOrEqual(Math.max(a.left, b.left))
        }
  })

  test('are 22, 35, 48, 61 wide', () => {
    expect(['p', 'pi', 'pie', 'piea'].map(flagWidth)).toEqual([22, 35, 48, 61])
  })
})

test('pips count the events of a key; a bar stands for five; all stay inside a cell', () => {
  expect(pips(0, 20, 42.5)).toHaveLength(0)
  expect(pips(3, 20, 42.5).map((pip) => pip.x)).toEqual([14, 20, 26])
  expect(pips(12, 20, 42.5).map((pip) => pip.shape)).toEqual(['rect', 'rect', 'circle', 'circle'])
  for (let seq = 1; seq < 200; seq++)
    for (const pip of pips(seq, 20, 42.5)) {
      const half = pip.shape === 'circle' ? pip.radius : 0
      const width = pip.shape === 'rect' ? pip.width : half
      expect(pip.x - half).toBeGreaterThanOrEqual(0)
      expect(pip.x + width).toBeLessThanOrEqual(40)
    }
})

describe('tokens in a ledger', () => {
  const many = Array.from({ length: 40 }, (_, i) => token('42', i))

  test('are the last that fit, with the number of those before', () => {
    const { places, hidden } = placeTokens(many, 108, 2)
    expect(places).toHaveLength(6)
    expect(hidden).toBe(35)
    expect(places.at(-1)?.token?.seq).toBe(39)
  })

  test('keep what stands twice, however old', () => {
    const twice = many.map((one, i) => (i === 3 ? { ...one, times: 2 } : one))
    const { places, hidden } = placeTokens(twice, 108, 2)
    expect(places.some((place) => place.token?.times === 2)).toBe(true)
    expect(Math.max(...places.map((place) => place.row))).toBe(1)
    expect(hidden + places.filter((place) => place.token !== null).length).toBe(40)
  })
})

describe('a token', () => {
  const at = { x: 0, y: 0 }

  test('has the sizes of LOOK at nominal radius 15', () => {
    const [circle] = tokenShapes(token('41'), at, 15)
    const [square] = tokenShapes(token('44'), at, 15)
    const [triangle] = tokenShapes(token('43'), at, 15)
    const [diamond] = tokenShapes(token('42'), at, 15)
    const [hexagon] = tokenShapes(token('45'), at, 15)
    expect(circle).toMatchObject({ shape: 'circle', radius: 15, role: 'circle.fill' })
    expect(square).toMatchObject({ shape: 'rect', width: 27, height: 27 })
    expect(triangle).toMatchObject({ d: 'M0 -17L18 13.6H-18Z' })
    expect(diamond).toMatchObject({ d: 'M0 -18.2L18.2 0L0 18.2L-18.2 0Z' })
    expect(hexagon).toMatchObject({ d: 'M-8.6 -15H8.6L17.2 0L8.6 15H-8.6L-17.2 0Z' })
  })

  test('redelivered has a second outline; lost in a crash it is dashed on paper; twice it has its tag', () => {
    const roles = (more: Parameters<typeof token>[2]) =>
      tokenShapes(token('42', 1, more), at, 15).map((shape) => shape.role)
    expect(roles({ redelivered: true })).toEqual(['diamond.ring', 'diamond.fill', 'diamond.text'])
    expect(roles({ ghost: true })).toEqual(['diamond.ghost', 'ink-2'])
    expect(roles({ times: 2 })).toEqual(['tag', 'text.on-broken', 'diamond.fill', 'diamond.text'])
    expect(roles({ shape: 8 })).toEqual(['diamond.notch', 'diamond.fill', 'diamond.text'])
    expect(roles({ shape: -1 })).toEqual(['keyless.fill', 'keyless.text'])
  })

  test('has no id when it is small, and of a long one its end', () => {
    expect(tokenShapes(token('42'), at, 5.5)).toHaveLength(1)
    expect([shortLabel('42'), shortLabel('142'), shortLabel('10042')]).toEqual(['42', '142', '…42'])
  })
})

test('every role names colours of the sheet, and only there', () => {
  for (const role of Object.keys(styles) as Role[]) {
    const style = styleOf(role)
    expect(style.fill ?? style.stroke, role).toBeDefined()
    if (style.stroke !== undefined) expect(style.width, role).toBeGreaterThan(0)
  }
})

test('a hatch stays inside its cell', () => {
  const numbers =
    hatch({ x: 10, y: 20, width: 40, height: 48 })
      .d.match(/[\d.]+/g)
      ?.map(Number) ?? []
  numbers.forEach((value, i) => {
    const [low, size] = i % 2 === 0 ? [10, 40] : [20, 48]
    expect(value).toBeGreaterThanOrEqual(low)
    expect(value).toBeLessThanOrEqual(low + size)
  })
})

test('assignments of more than four partitions are three and +n; one card for many shows one and +n', () => {
  const six = ['P0', 'P1', 'P2', 'P3', 'P4', 'P5']
  expect(assignmentWords(six.slice(0, 4))).toBe('P0 P1 P2 P3')
  expect(assignmentWords(six)).toBe('P0 P1 P2 +3')
  expect(assignmentWords(six, true)).toBe('P0 +5')
})

test('words are measured, cut and wrapped by the advances of the font', () => {
  // 71.4375 is what Chromium measures for it at 15px, weight 600, in the shipped Inter.
  expect(Math.abs(textWidth('payments', 15, 600) - 71.4375)).toBeLessThan(1)
  expect(textWidth('P0 P1', 15, 400, 'mono')).toBe(45)
  expect(fitText('payments', 200)).toBe('payments')
  expect(textWidth(fitText('payments and more', 60), 15)).toBeLessThanOrEqual(60)
  expect(wrap('Crashed after effect, before commit', 160)).toEqual([
    'Crashed after effect,',
    'before commit',
  ])
})

describe('why', () => {
  const drawn = scene(why, whyView, 14_600)
  const part = (id: string) => drawn.parts.find((one) => one.id === id)

  test('dims everything but the causal path', () => {
    expect(drawn.parts.filter((one) => !one.dim).map((one) => one.id)).toEqual([
      'orders',
      'orders/2',
      'group:payments',
      'payments-0',
      'payments-1',
      'card-charges',
    ])
    const dims = part('card-charges')?.shapes.flatMap((s) =>
      s.shape === 'token' ? [[s.token.label, s.dim]] : [],
    )
    expect(dims).toEqual([
      ['41', true],
      ['45', true],
      ['43', true],
      ['44', true],
      ['42', false],
    ])
    expect(drawn.lines.every((line) => line.dim)).toBe(true)
  })

  test('draws lit lines as causes, but a lost line as lost', () => {
    const state = (id: string) => drawn.wires.find((wire) => wire.ids.includes(id))?.state
    expect(state('orders/2>payments-0')).toBe('cause')
    expect(state('orders/2>payments-1')).toBe('lost')
    expect(state('orders/0>payments-0')).toBe('idle')
  })

  test('numbers its steps where they happened', () => {
    const discs = drawn.over.filter((shape) => shape.shape === 'circle')
    expect(discs).toHaveLength(5)
    const tape = part('orders/2')
    const ground = tape?.shapes.find(
      (shape) => shape.shape === 'rect' && shape.role === 'tape.ground',
    )
    expect(discs[0]).toMatchObject({
      x: (ground?.x ?? 0) + 100,
      y: (ground?.y ?? 0) - 16,
      radius: 12,
    })
    expect(discs[4]).toMatchObject({ role: 'step.bad' })
  })
})

test('a selected message is outlined where it stands in a log', () => {
  const drawn = scene(playground, { ...playgroundView, selected: '42-1' }, 0)
  const hot = drawn.parts.flatMap((one) =>
    one.shapes.flatMap((s) => (s.shape === 'rect' && s.role === 'tape.hot' ? [one.id] : [])),
  )
  expect(hot).toEqual(['orders/2'])
})

describe('pointing', () => {
  const drawn = scene(playground, playgroundView, 11_800)

  test('finds a token in flight, a token in a part, a part, a line, or nothing', () => {
    const [flying] = drawn.moving
    expect(hit(drawn, flying ?? { x: 0, y: 0 })).toMatchObject({ kind: 'message', message: '43-3' })
    const tape = drawn.parts.find((one) => one.id === 'orders/0')
    const cell = tape?.shapes.find((shape) => shape.shape === 'token')
    expect(hit(drawn, cell ?? { x: 0, y: 0 })).toEqual({
      kind: 'message',
      message: '41-1',
      on: 'orders/0',
    })
    const card = drawn.parts.find((one) => one.id === 'payments-0')?.box ?? { x: 0, y: 0 }
    expect(hit(drawn, { x: card.x + 5, y: card.y + 5 })).toEqual({
      kind: 'part',
      part: 'payments-0',
    })
    expect(hit(drawn, { x: 300, y: 20 })).toBeNull()
  })

  test('finds a token where it is at another moment than the scene was made for', () => {
    const early = scene(playground, playgroundView, 0)
    const [flying] = drawn.moving
    expect(hit(early, flying ?? { x: 0, y: 0 }, 11_800)).toMatchObject({ message: '43-3' })
    expect(hit(early, flying ?? { x: 0, y: 0 })).not.toMatchObject({ kind: 'message' })
  })

  test('finds the line under a pointer', () => {
    const { moving: _, ...rest } = drawn
    const quiet = { ...rest, moving: [] }
    const wire = quiet.wires.find((one) => one.from === 'order-service' && one.to === 'orders/0')
    const [x = 0, y = 0] = wire?.track.curves[0] ?? []
    expect(hit(quiet, { x: x + 12, y })).toMatchObject({ kind: 'wire' })
  })
})

test('the keyboard goes from producer to topic to groups to sinks, each from the top', () => {
  expect(order(scene(playground, playgroundView, 0))).toEqual([
    'order-service',
    'orders',
    'orders/0',
    'orders/1',
    'orders/2',
    'payments-0',
    'payments-1',
    'inventory',
    'email',
    'analytics',
    'card-charges',
    'stock',
    'sent-e-mails',
    'counts',
  ])
})

test('a hint stands under its card, on the stretch between its stops', () => {
  const drawn = scene(home, homeView, 0)
  const words = drawn.over.find((shape) => shape.shape === 'text')
  const card = drawn.parts.find((one) => one.id === 'payments-1')?.box
  expect(words).toMatchObject({ text: 'a crash here charges twice', role: 'text.fault' })
  expect(words?.y ?? 0).toBeGreaterThan((card?.y ?? 0) + (card?.height ?? 0))
})

test('the legend is one row where there is room, two where there is not', () => {
  expect(legend(700).height).toBe(24)
  expect(legend(358).height).toBe(48)
  expect(legend(358).width).toBeLessThanOrEqual(358)
})
