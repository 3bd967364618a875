// The legend: a row of what the signs mean, drawn from the same shapes as the scene.
import type { Token } from '../picture/types.ts'
import { textWidth } from './measure.ts'
import { circle, letterBox, rect, text } from './shapes.ts'
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
}

export const LEGEND_HEIGHT = 24

/** Key shapes, nth event, committed, redelivered, duplicate; on two rows where one is too narrow. */
export function legend(width: number): Legend {
  const items: readonly { readonly mark: number; readonly word: string; readonly draw: Draw }[] = [
    {
      mark: 66,
      word: 'key',
      draw: (x, y) =>
        [0, 3, 2].flatMap((s, i) => tokenShapes(sample(s, false), { x: x + 9 + i * 20.5, y }, 8)),
    },
    {
      mark: 22,
      word: 'nth event',
      draw: (x, y) => [4, 10, 16].map((dx) => circle(x + dx, y, 2, 'pip')),
    },
    { mark: 28, word: 'committed', draw: (x, y) => letterBox(x, y - 10, 'p', 'heading') },
    {
      mark: 26,
      word: 'redelivered',
      draw: (x, y) => tokenShapes(sample(0, true), { x: x + 9, y }, 7),
    },
    { mark: 40, word: 'duplicate', draw: (x, y) => duplicate(x, y) },
  ]
  const shapes: BasicShape[] = []
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
  return { width: Math.ceil(widest), height: (row + 1) * LEGEND_HEIGHT, shapes }
}

type Draw = (x: number, y: number) => readonly BasicShape[]

const duplicate = (x: number, y: number): readonly BasicShape[] => [
  rect({ x, y: y - 11, width: 32, height: 22 }, 11, 'tag'),
  text({ x: x + 16, y: y + 5.4 }, '×2', 'text.on-broken', { weight: 600, anchor: 'middle' }),
]
