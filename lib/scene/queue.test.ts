import { describe, expect, test } from 'vitest'
import type { QueuePart, Slot, Token } from '../picture/types.ts'
import { textWidth } from './measure.ts'
import { drawQueue, laneOf, queueCell } from './queue.ts'
import type { Shape, TextShape } from './types.ts'

const token = (message: string): Token => ({
  message,
  key: null,
  shape: -1,
  label: message,
  type: 'A',
  seq: 1,
  redelivered: false,
  times: 1,
  ghost: false,
})
const slot = (message: string, status: Slot['status']): Slot => ({
  offset: 0,
  token: token(message),
  status,
})
const queueOf = (ready: readonly string[], held: readonly string[]): QueuePart => ({
  kind: 'queue',
  id: 'orders.payments',
  stream: 'orders',
  title: 'payments',
  note: 'quorum queue, limit 3',
  ready: ready.map((message) => slot(message, 'stored')),
  unacked: held.map((message) => slot(message, 'unacked')),
})
const drawn = (queue: QueuePart, cells: number) => {
  const place = { part: laneOf(queue), x: 100, y: 50, cells }
  const shapes = drawQueue(place, queue, () => false)
  const tokens = shapes.flatMap((each) =>
    each.shape === 'token' ? [{ message: each.token.message, x: each.x }] : [],
  )
  const words = shapes.flatMap((each) => (each.shape === 'text' ? [each.text] : []))
  return { place, shapes, tokens, words }
}

describe('a queue', () => {
  test('holds what is unacknowledged at its right end, then what is next', () => {
    const { tokens, words } = drawn(queueOf(['b', 'c'], ['a']), 5)
    expect(tokens).toEqual([
      { message: 'a', x: 280 },
      { message: 'b', x: 240 },
      { message: 'c', x: 200 },
    ])
    expect(words).toEqual(['payments', 'quorum queue', 'unacked 1', 'ready 2'])
  })

  test('says how many more there are than it has cells for', () => {
    const { tokens, words, place } = drawn(queueOf(['a', 'b', 'c', 'd', 'e'], []), 3)
    expect(tokens.map((each) => each.message)).toEqual(['a', 'b'])
    expect(words).toContain('+3')
    expect(queueCell(place, 0)).toEqual({ x: 180, y: 50, width: 40, height: 48 })
    expect(queueCell(place, 2)).toBeNull()
    expect(queueCell(place, -1)).toBeNull()
  })

  test('says what it is as far as there is room beside its name', () => {
    const notes = (cells: number) => drawn(queueOf([], []), cells).words[1]
    expect([7, 5, 3].map(notes)).toEqual(['quorum queue, limit 3', 'quorum queue', ''])
  })
})

describe('the counts', () => {
  const placed = (ready: number, held: number, cells: number) => {
    const name = (_: unknown, i: number) => String(i)
    const queue = queueOf(Array.from({ length: ready }, name), Array.from({ length: held }, name))
    return drawn(queue, cells).shapes.flatMap((each) =>
      each.shape === 'text' && /^(ready|unacked) /.test(each.text)
        ? [{ text: each.text, width: textWidth(each.text, 15), x: each.x }]
        : [],
    )
  }
  test.each([
    [2, 9, 5],
    [9, 1, 5],
    [1, 1, 5],
    [30, 30, 4],
  ])('%d ready and %d unacked stand beside one another under %d cells', (ready, held, cells) => {
    const [unacked, waiting] = placed(ready, held, cells)
    expect([unacked?.text, waiting?.text]).toEqual([`unacked ${held}`, `ready ${ready}`])
    const edge = (word: typeof unacked, side: 1 | -1) =>
      (word?.x ?? 0) + (side * (word?.width ?? 0)) / 2
    expect(edge(waiting, -1)).toBeGreaterThanOrEqual(99.5)
    expect(edge(waiting, 1)).toBeLessThan(edge(unacked, -1))
    expect(edge(unacked, 1)).toBeLessThanOrEqual(100.5 + cells * 40)
  })
  test('none has no words', () => {
    expect(placed(0, 2, 5).map(({ text }) => text)).toEqual(['unacked 2'])
    expect(placed(0, 0, 5)).toEqual([])
  })
})

describe('what the broker says of messages', () => {
  const said = (...of: readonly string[]): QueuePart => ({
    ...queueOf([], []),
    ready: of.map((words, i) => ({ ...slot(String(i), 'stored'), said: words })),
  })
  const above = (queue: QueuePart, cells: number) => {
    const { shapes } = drawn(queue, cells)
    const brackets = shapes.flatMap((each) =>
      each.shape === 'path' && each.d.includes('v-4H') ? [each.d] : [],
    )
    return { brackets, words: shapes.flatMap((each) => (isSaid(each) ? [each.text] : [])) }
  }
  const isSaid = (each: Shape): each is TextShape => each.shape === 'text' && each.family === 'mono'

  test('neighbours of which the same is said share one bracket, and it says it once', () => {
    const { brackets, words } = above(said('x-delivery-count=1', 'x-delivery-count=1', ''), 6)
    expect(words).toEqual(['x-delivery-count=1'])
    // Two cells of 40, 2 in on either side: from the head at 340 leftwards.
    expect(brackets).toEqual(['M262 49v-4H338v4'])
  })

  test('where words have no room beside those nearer to the head a bracket stands alone', () => {
    const { brackets, words } = above(said('x-delivery-count=1', 'x-delivery-count=2'), 6)
    expect(words).toEqual(['x-delivery-count=1'])
    expect(brackets).toHaveLength(2)
  })

  test('of messages that came for the first time nothing is said', () => {
    expect(above(said('', ''), 6)).toEqual({ brackets: [], words: [] })
  })
})
