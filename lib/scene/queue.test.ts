import { describe, expect, test } from 'vitest'
import type { QueuePart, Slot, Token } from '../picture/types.ts'
import { drawQueue, laneOf, queueCell } from './queue.ts'

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
  ready: ready.map((message) => slot(message, 'stored')),
  unacked: held.map((message) => slot(message, 'unacked')),
})
const drawn = (queue: QueuePart, cells: number) => {
  const place = { part: laneOf(queue), x: 100, y: 50, cells, labelX: 40 }
  const shapes = drawQueue(place, queue, () => false)
  const tokens = shapes.flatMap((each) =>
    each.shape === 'token' ? [{ message: each.token.message, x: each.x }] : [],
  )
  const words = shapes.flatMap((each) => (each.shape === 'text' ? [each.text] : []))
  return { place, tokens, words }
}

describe('a queue', () => {
  test('holds what is unacknowledged at its right end, then what is next', () => {
    const { tokens, words } = drawn(queueOf(['b', 'c'], ['a']), 5)
    expect(tokens).toEqual([
      { message: 'a', x: 280 },
      { message: 'b', x: 240 },
      { message: 'c', x: 200 },
    ])
    expect(words).toEqual(['payments', '2 ready, 1 unacked'])
  })

  test('says how many more there are than it has cells for', () => {
    const { tokens, words, place } = drawn(queueOf(['a', 'b', 'c', 'd', 'e'], []), 3)
    expect(tokens.map((each) => each.message)).toEqual(['a', 'b'])
    expect(words).toContain('+3')
    expect(queueCell(place, 0)).toEqual({ x: 180, y: 50, width: 40, height: 48 })
    expect(queueCell(place, 2)).toBeNull()
    expect(queueCell(place, -1)).toBeNull()
  })
})
