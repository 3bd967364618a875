// Messages that a group locks one by one: a line of marks under the cells, flags a line lower.
import { describe, expect, test } from 'vitest'
import type { TapePart } from '../picture/types.ts'
import { playground, playgroundView } from './fixtures/pictures.fixture.ts'
import { shared } from './fixtures/replicas.fixture.ts'
import { legend, marksIn } from './legend.ts'
import { scene } from './scene.ts'
import type { PlacedPart, TextShape } from './types.ts'

const part = (picture: typeof shared, id: string): PlacedPart =>
  scene(picture, playgroundView, 11_800).parts.find((one) => one.id === id) as PlacedPart
const tape = part(shared, 'orders/1')
const ground = tape.shapes.find((s) => s.shape === 'rect' && s.role === 'tape.ground')
const [x, y] = [ground?.x ?? 0, ground?.y ?? 0]
const texts = (of: PlacedPart) => of.shapes.filter((s): s is TextShape => s.shape === 'text')
const marks = tape.shapes.flatMap((s) =>
  s.shape !== 'token' && (s.role.startsWith('lock') || s.role === 'control.mark')
    ? [[s.role, Math.floor((s.x - x) / 40)] as const]
    : [],
)

describe('a line of locks', () => {
  test('has a mark under each message that was handed out, told apart by shape', () => {
    expect(marks).toEqual([
      ['lock.archived', 0],
      ['control.mark', 1],
      ['lock', 2],
      ['lock.returned', 3],
      ['lock', 4],
    ])
  })
  test('counts deliveries in the badges, and names its group at the left', () => {
    const counts = texts(tape).filter(({ text }) => text.startsWith('#'))
    expect(counts.map(({ text }) => text)).toEqual(['#2', '#1', '#1'])
    const letter = texts(tape).find(({ text, x: at }) => text === 'p' && at < x)
    expect(letter).toMatchObject({ y: expect.any(Number) })
  })
  test('stands between offsets and flags, which stand a line lower', () => {
    const flag = (of: PlacedPart, top: number) =>
      Math.min(
        ...of.shapes.flatMap((s) =>
          s.shape === 'path' && s.role === 'flag.pen'
            ? [Number(s.d.split(' ')[1]?.split('h')[0])]
            : [],
        ),
      ) - top
    const plain = part(playground, 'orders/1')
    const top = plain.shapes.find((s) => s.shape === 'rect' && s.role === 'tape.ground')?.y ?? 0
    expect(flag(plain, top)).toBe(72)
    expect(flag(tape, y)).toBe(96)
    const badge = tape.shapes.find((s) => s.shape === 'rect' && s.role === 'lock')
    if (badge?.shape !== 'rect') throw new Error('there is a badge')
    expect(badge.y).toBeGreaterThan(y + 66)
    expect(badge.y + badge.height).toBeLessThanOrEqual(y + 96)
  })
  test('has its room before anything is handed out', () => {
    const quiet = {
      ...shared,
      parts: shared.parts.map((each) =>
        each.kind === 'tape' ? { ...each, slots: [] as TapePart['slots'] } : each,
      ),
    }
    expect(part(quiet, 'orders/1').box).toEqual(tape.box)
  })
  test('is in the legend', () => {
    expect(legend(1000, marksIn(shared)).words.at(-1)).toBe('acquired, nth delivery')
  })
})
