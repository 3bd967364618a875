// Going through the messages of a part by arrow keys.
import { describe, expect, test } from 'vitest'
import { token } from '../../lib/scene/fixtures/make.fixture.ts'
import { playground, playgroundView } from '../../lib/scene/fixtures/pictures.fixture.ts'
import { scene } from '../../lib/scene/scene.ts'
import type { PlacedPart } from '../../lib/scene/types.ts'
import { afterKey, nameOf, pointedAt, ringOf, tokensIn } from './roving.ts'

const { parts } = scene(playground, playgroundView, 11_800)
const part = (id: string): PlacedPart => {
  const found = parts.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no part ${id}`)
  return found
}
const log = part('orders/2')

describe('arrow keys', () => {
  test('go from the first message to the last, and round', () => {
    const messages: string[] = []
    let at = afterKey('ArrowRight', log, null)
    for (let i = 0; i < 6; i++) {
      messages.push(at?.message ?? '')
      at = afterKey('ArrowRight', log, at)
    }
    const own = tokensIn(log).map((shape) => shape.token.message)
    expect(own).toHaveLength(5)
    expect(messages).toEqual([...own, own[0]])
  })

  test('begin at the end when going back, and jump to either end', () => {
    expect(afterKey('ArrowLeft', log, null)).toMatchObject({ nth: 4 })
    expect(afterKey('Home', log, { part: log.id, nth: 3, message: '42-2' })).toMatchObject({
      nth: 0,
    })
    expect(afterKey('End', log, null)).toMatchObject({ nth: 4 })
  })

  test('begin anew in another part; lead nowhere in one without messages; leave other keys alone', () => {
    const elsewhere = { part: 'orders/0', nth: 2, message: '41-2' }
    expect(afterKey('ArrowRight', log, elsewhere)).toMatchObject({ part: log.id, nth: 0 })
    expect(afterKey('ArrowRight', part('order-service'), null)).toBeNull()
    expect(afterKey('Enter', log, null)).toBeNull()
  })
})

test('a message is followed where it went, and let go of when it is gone', () => {
  const at = { part: log.id, nth: 1, message: '42-2' }
  expect(pointedAt(parts, at)?.token.message).toBe('42-2')
  expect(pointedAt(parts, { ...at, message: 'nobody' })).toBeNull()
  expect(pointedAt(parts, null)).toBeNull()
})

test('its ring goes round the widest shape, and moves along', () => {
  const motion = { kind: 'slide', slides: [{ dx: 40, sinceMs: 0 }] } as const
  const shape = { ...tokensIn(log)[0]!, motion }
  expect(ringOf(shape)).toMatchObject({ x: shape.x, y: shape.y, role: 'selection', motion })
  expect(ringOf(shape).radius).toBeGreaterThan(18.2)
})

test('its name says what is drawn of it', () => {
  expect(nameOf(token('42', 2, { redelivered: true, times: 2 }))).toBe(
    'order-42 created, event 2 of its key, redelivered, stands here 2 times',
  )
  expect(nameOf(token('42', 1, { ghost: true, type: 'PaymentReceived' }))).toBe(
    'order-42 paid, event 1 of its key, lost in the crash',
  )
})
