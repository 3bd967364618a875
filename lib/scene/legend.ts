// The legend: a row of what the signs mean, drawn from the same shapes as the scene.
import type { Picture, Slot, Token } from '../picture/types.ts'
import { drawSmallSlot } from './cell.ts'
import { textWidth } from './measure.ts'
import { circle, hatch, letterBox, mono, rect, text } from './shapes.ts'
import { tokenShapes } from './token.ts'
import type { BasicShape } from './types.ts'

const sample = (shape: number, redelivered: boolean): Token => ({
  message: '',
  key: null,
  shape,
  label: '',
  type: '',
  seq: 1,
  redelivered,
  times: 1,
  ghost: false,
})

export interface Legend {
  readonly width: number
  readonly height: number
  readonly shapes: readonly BasicShape[]
  /** The same in words, for those who do not see it. */
  readonly words: readonly string[]
}

export const LEGEND_HEIGHT = 24

/** Marks that most pictures have not, and which therefore stand in the legend only where they are. */
export type Mark = 'pending' | 'open' | 'aborted' | 'control' | 'gone' | 'lock' | 'queue'

export function marksIn(picture: Picture): ReadonlySet<Mark> {
  const marks = new Set<Mark>()
  for (const part of picture.parts) {
    if (part.kind === 'queue') marks.add('queue')
    if (part.kind !== 'tape') continue
    if ((part.lockedBy?.length ?? 0) > 0) marks.add('lock')
    for (const { status, transaction, control, gone } of part.slots) {
      if (status === 'pending') marks.add('pending')
      if (transaction !== undefined) marks.add(transaction)
      if (control !== undefined) marks.add('control')
      if (gone === true) marks.add('gone')
    }
  }
  return marks
}

interface Item {
  readonly mark: number
  readonly word: string
  readonly says?: string
  readonly draw: Draw
}

const NO_MARKS: ReadonlySet<Mark> = new Set()

/** On as many rows as it needs. */
export function legend(width: number, marks = NO_MARKS): Legend {
  const shapes: BasicShape[] = []
  // Of a queue nobody has committed anything: each message is held, or settled and gone.
  const always = marks.has('queue') ? ALWAYS.filter(({ word }) => word !== COMMITTED) : ALWAYS
  const items = [...always, ...SOMETIMES.filter(({ on }) => marks.has(on))]
  let [x, row, widest] = [0, 0, 0]
  for (const { mark, word, draw } of items) {
    const needs = mark + textWidth(word, 15)
    if (x > 0 && x + needs > width) {
      x = 0
      row++
    }
    const y = row * LEGEND_HEIGHT + LEGEND_HEIGHT / 2
    shapes.push(...draw(x, y), text({ x: x + mark, y: y + 5.4 }, word, 'ink-3'))
    widest = Math.max(widest, x + needs)
    x += needs + 20
  }
  const words = items.map(({ word, says }) => says ?? word)
  return { width: Math.ceil(widest), height: (row + 1) * LEGEND_HEIGHT, shapes, words }
}

type Draw = (x: number, y: number) => readonly BasicShape[]

const COMMITTED = 'committed'

const ALWAYS: readonly Item[] = [
  {
    mark: 66,
    word: 'key',
    draw: (x, y) =>
      [0, 3, 2].flatMap((s, i) => tokenShapes(sample(s, false), { x: x + 9 + i * 20.5, y }, 8)),
  },
  {
    mark: 22,
    word: 'nth event',
    says: 'nth event of its key',
    draw: (x, y) => [4, 10, 16].map((dx) => circle(x + dx, y, 2, 'pip')),
  },
  {
    mark: 28,
    word: COMMITTED,
    says: 'committed offset',
    draw: (x, y) => letterBox(x, y - 10, 'p', 'heading'),
  },
  {
    mark: 26,
    word: 'redelivered',
    draw: (x, y) => tokenShapes(sample(0, true), { x: x + 9, y }, 7),
  },
  { mark: 40, word: 'duplicate', draw: (x, y) => duplicate(x, y) },
]

const duplicate = (x: number, y: number): readonly BasicShape[] => [
  rect({ x, y: y - 11, width: 32, height: 22 }, 11, 'tag'),
  text({ x: x + 16, y: y + 5.4 }, '×2', 'text.on-broken', { weight: 600, anchor: 'middle' }),
]

const small = (slot: Partial<Slot>, x: number, y: number): readonly BasicShape[] => {
  const box = { x, y: y - 12, width: 24, height: 24 }
  const whole = { offset: 0, token: null, status: 'stored', ...slot } as const
  return drawSmallSlot(whole, box).flatMap((shape) =>
    shape.shape === 'token' ? tokenShapes(shape.token, shape, 8) : [shape],
  )
}

const SOMETIMES: readonly (Item & { readonly on: Mark })[] = [
  {
    on: 'queue',
    mark: 32,
    word: 'unacked',
    says: 'held unacknowledged',
    draw: (x, y) => [hatch({ x, y: y - 10, width: 24, height: 20 })],
  },
  {
    on: 'pending',
    mark: 32,
    word: 'not replicated',
    draw: (x, y) => [hatch({ x, y: y - 10, width: 24, height: 20 })],
  },
  {
    on: 'open',
    mark: 32,
    word: 'open transaction',
    draw: (x, y) => [rect({ x: x + 1, y: y - 10, width: 22, height: 20 }, 0, 'tape.open')],
  },
  {
    on: 'aborted',
    mark: 32,
    word: 'aborted',
    draw: (x, y) => small({ token: sample(0, false), transaction: 'aborted' }, x, y),
  },
  {
    on: 'control',
    mark: 54,
    word: 'commit, abort',
    says: 'control records of a commit and an abort',
    draw: (x, y) => [
      ...small({ control: 'commit' }, x, y),
      ...small({ control: 'abort' }, x + 24, y),
    ],
  },
  {
    on: 'lock',
    mark: 38,
    word: 'acquired, nth delivery',
    draw: (x, y) => [
      rect({ x, y: y - 10, width: 30, height: 20 }, 0, 'lock'),
      mono({ x: x + 15, y: y + 5.4 }, '#n', 'ink', { weight: 600, anchor: 'middle' }),
    ],
  },
  { on: 'gone', mark: 32, word: 'compacted', draw: (x, y) => small({ gone: true }, x, y) },
]
