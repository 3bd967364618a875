// What stands in cells besides messages: transactions, their ends, gaps; where a log begins; pennants.
import { describe, expect, test } from 'vitest'
import type { Slot } from '../picture/types.ts'
import { drawSlot, drawSmallSlot } from './cell.ts'
import { lastStable, tapeOf, token, watermark } from './fixtures/make.fixture.ts'
import { playgroundView } from './fixtures/pictures.fixture.ts'
import { opened, transactional } from './fixtures/replicas.fixture.ts'
import { legend, marksIn } from './legend.ts'
import { scene } from './scene.ts'
import type { Box, PathShape, Shape } from './types.ts'

const box: Box = { x: 100, y: 50, width: 40, height: 48 }
const slot = (more: Partial<Slot>): Slot => ({ offset: 0, token: null, status: 'stored', ...more })
const roles = (shapes: readonly Shape[]) =>
  shapes.map((shape) => (shape.shape === 'token' ? 'token' : shape.role))
const inCell = (more: Partial<Slot>) => roles(drawSlot(slot(more), box))

describe('a cell', () => {
  test('of a stored message has its token and its pips', () => {
    expect(inCell({ token: token('41', 2) })).toEqual(['token', 'pip', 'pip'])
  })
  test('not yet replicated is hatched', () => {
    expect(inCell({ token: token('41'), status: 'pending' })[0]).toBe('tape.hatch')
  })
  test('of an open transaction has a dashed frame, behind the token', () => {
    expect(inCell({ token: token('41'), transaction: 'open' })).toEqual([
      'tape.open',
      'token',
      'pip',
    ])
  })
  test('of an aborted one is struck through, over the token', () => {
    expect(inCell({ token: token('41'), transaction: 'aborted' })).toEqual([
      'token',
      'pip',
      'strike.under',
      'strike',
    ])
  })
  test('of a control record has a plate with a check or a cross, which differ', () => {
    const mark = (control: 'commit' | 'abort') =>
      drawSlot(slot({ control }), box).find(
        (shape): shape is PathShape => shape.shape === 'path' && shape.role === 'control.mark',
      )?.d
    expect(inCell({ control: 'commit' })).toEqual(['control', 'control.mark'])
    expect(mark('commit')).not.toBe(mark('abort'))
  })
  test('whose record compaction took has a dotted line in its place', () => {
    expect(inCell({ gone: true })).toEqual(['tape.gap'])
  })
  test('of a follower has the same marks, without pips', () => {
    const small = (more: Partial<Slot>) => roles(drawSmallSlot(slot(more), { ...box, height: 28 }))
    expect(small({ token: token('41', 3), transaction: 'aborted' })).toEqual([
      'token',
      'strike.under',
      'strike',
    ])
    expect(small({ control: 'abort' })).toEqual(['control', 'control.mark'])
    expect(small({ gone: true })).toEqual(['tape.gap'])
  })
  test('keeps all its marks inside', () => {
    for (const more of [{ control: 'commit' }, { control: 'abort' }, { gone: true }] as const)
      for (const shape of drawSlot(slot(more), box)) {
        if (shape.shape === 'rect') {
          expect(shape.x).toBeGreaterThan(box.x)
          expect(shape.x + shape.width).toBeLessThan(box.x + box.width)
        }
      }
  })
})

describe('pennants and beginnings', () => {
  const picture = (parts: Parameters<typeof lastStable>[1][], start = 0) => {
    const whole = tapeOf(0, [['41'], ['44'], ['41'], ['44']])
    const tape =
      start === 0 ? whole : { ...whole, start, first: start, slots: whole.slots.slice(start) }
    const [high = 4, stable] = parts
    const pointers = [watermark(0, high), ...(stable === undefined ? [] : [lastStable(0, stable)])]
    const streams = [{ id: 'orders', title: 'orders', note: '' }]
    return { sinceMs: 0, parts: [tape, ...pointers], flights: [], streams, groups: [] }
  }
  const drawn = (parts: number[], start = 0) =>
    scene(picture(parts, start), { width: 800, height: 300 }, 0).parts.find(
      ({ id }) => id === 'orders/0',
    )
  const paths = (of: ReturnType<typeof drawn>, role: string) =>
    (of?.shapes ?? []).flatMap((shape) =>
      shape.shape === 'path' && shape.role === role ? [shape.d] : [],
    )

  test('the last stable offset has a light pennant that ends before the watermark’s pole', () => {
    const tape = drawn([4, 3])
    const [wing = ''] = paths(tape, 'lso.flag')
    const [pole = ''] = paths(tape, 'hw.pole')
    const [from, width] = [/^M([\d.]+)/, /h([\d.]+)/].map((re) => Number(re.exec(wing)?.[1]))
    expect((from ?? 0) + (width ?? 0)).toBeLessThan(Number(/^M([\d.]+)/.exec(pole)?.[1]))
    expect(paths(drawn([4]), 'lso.flag')).toEqual([])
    expect(tape?.label).toContain('last stable offset 3')
  })

  test('one that lies left of the cells shown stands at their edge, without a pole', () => {
    const long = tapeOf(
      0,
      Array.from({ length: 30 }, () => ['41'] as const),
    )
    const pointers = [watermark(0, 30), lastStable(0, 2)]
    const streams = [{ id: 'orders', title: 'orders', note: '' }]
    const of = { sinceMs: 0, parts: [long, ...pointers], flights: [], streams, groups: [] }
    const tape = scene(of, { width: 800, height: 300 }, 0).parts.find(({ id }) => id === 'orders/0')
    const ground = tape?.shapes.find((s) => s.shape === 'rect' && s.role === 'tape.ground')
    expect(paths(tape, 'lso.pole')).toEqual([])
    expect(paths(tape, 'lso.flag')[0]).toMatch(new RegExp(`^M${ground?.x} `))
    const said = tape?.shapes.find((s) => s.shape === 'text' && s.text === '‹LSO')
    expect(said).toMatchObject({ role: 'ink' })
    const both = { ...of, parts: [long, watermark(0, 3), lastStable(0, 2)] }
    const early = scene(both, { width: 800, height: 300 }, 0).parts[1]
    const told = early?.shapes.flatMap((s) => (s.shape === 'text' ? [s.text] : [])) ?? []
    expect(told).toContain('‹HW')
    expect(told).not.toContain('‹LSO')
  })

  test('what retention deleted has no ground, and the log is closed where it begins', () => {
    const tape = drawn([4], 2)
    const whole = drawn([4])
    const ground = (of: typeof tape) =>
      of?.shapes.find((shape) => shape.shape === 'rect' && shape.role === 'tape.ground')
    const [cut, all] = [ground(tape), ground(whole)]
    if (cut?.shape !== 'rect' || all?.shape !== 'rect') throw new Error('tapes have grounds')
    expect([cut.x - all.x, all.width - cut.width]).toEqual([80, 80])
    expect(paths(tape, 'tape.deleted')).toHaveLength(1)
    expect(paths(whole, 'tape.deleted')).toHaveLength(0)
    expect(paths(tape, 'tape.rule')[0]).toMatch(new RegExp(`M${cut.x} \\d+V\\d+$`))
    expect(tape?.label).toContain('begins at 2')
  })

  test('a log that nobody leads says so, on the side where no pennant stands', () => {
    const of = picture([4])
    const parts = of.parts.map((part) =>
      part.kind === 'tape' ? { ...part, badge: 'no leader' } : part,
    )
    const [tape] = scene({ ...of, parts }, { width: 800, height: 300 }, 0).parts.filter(
      ({ id }) => id === 'orders/0',
    )
    const said = tape?.shapes.find((s) => s.shape === 'text' && s.text === 'no leader')
    expect(said).toMatchObject({ role: 'text.fault', anchor: 'start' })
    expect(tape?.label).toContain('no leader')
  })
})

describe('the legend', () => {
  test('names the marks of a picture, and only those it has', () => {
    expect([...marksIn(transactional)].sort()).toEqual(['aborted', 'control', 'gone', 'open'])
    expect([...marksIn(opened)]).toEqual(['pending'])
    const { words } = legend(1000, marksIn(transactional))
    expect(words.slice(-4)).toEqual([
      'open transaction',
      'aborted',
      'control records of a commit and an abort',
      'compacted',
    ])
    expect(legend(1000).words).toHaveLength(5)
  })
  test('takes the rows it needs', () => {
    expect(legend(1000, marksIn(transactional)).height).toBe(48)
    expect(legend(playgroundView.width, marksIn(opened)).height).toBe(24)
  })
})
