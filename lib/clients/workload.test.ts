import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messageAt, resent, type WorkloadShape, workloadOf } from './workload.ts'

const shape: WorkloadShape = {
  source: 'orders-service',
  count: 30,
  everyMs: [1, 1],
  keys: ['user-1', 'user-3', 'user-5', 'user-7', 'user-9'],
  eventTypes: ['OrderCreated', 'PaymentReceived', 'OrderShipped'],
  firstOrder: 41,
  firstN: 0,
  keyChoice: 'key',
}
const ids = (count: number, change: Partial<WorkloadShape> = {}) =>
  Array.from({ length: count }, (_, i) => messageAt(workloadOf({ ...shape, ...change }), i).id)

describe('the messages of a story', () => {
  test('orders overlap, and each lives through its events', () => {
    expect(ids(9)).toEqual([
      'order-41/OrderCreated',
      'order-42/OrderCreated',
      'order-41/PaymentReceived',
      'order-43/OrderCreated',
      'order-42/PaymentReceived',
      'order-44/OrderCreated',
      'order-41/OrderShipped',
      'order-43/PaymentReceived',
      'order-45/OrderCreated',
    ])
  })
  test('every field of one', () => {
    expect(messageAt(workloadOf({ ...shape, firstN: 100 }), 17)).toEqual({
      id: 'order-46/PaymentReceived',
      n: 117,
      source: 'orders-service',
      type: 'PaymentReceived',
      subject: 'user-1',
      key: 'user-1',
      seq: 5,
      order: 46,
    })
  })
  test('without keys the subject still says whom it is about', () => {
    const message = messageAt(workloadOf({ ...shape, keyChoice: 'none' }), 0)
    expect(message).toMatchObject({ key: null, subject: 'user-1' })
  })
  test('an explicit partition leaves the key as it is', () => {
    expect(messageAt(workloadOf({ ...shape, keyChoice: 2 }), 0).key).toBe('user-1')
  })

  test('per key the sequence counts 1, 2, 3, … and an order sees its events in turn', () => {
    const some = fc.record({
      keys: fc.integer({ min: 1, max: 7 }),
      types: fc.integer({ min: 1, max: 5 }),
    })
    fc.assert(
      fc.property(some, ({ keys, types }) => {
        const workload = workloadOf({
          ...shape,
          keys: Array.from({ length: keys }, (_, i) => `user-${i}`),
          eventTypes: Array.from({ length: types }, (_, i) => `Event${i}`),
        })
        const messages = Array.from({ length: 3 * keys * types }, (_, i) => messageAt(workload, i))
        expect(new Set(messages.map((message) => message.id)).size).toBe(messages.length)
        expect(messages.map((message) => message.n)).toEqual(messages.map((_, i) => i))
        for (const key of workload.keys) {
          const own = messages.filter((message) => message.key === key)
          expect(own.map((message) => message.seq)).toEqual(own.map((_, i) => i + 1))
          expect(own.map((message) => message.type)).toEqual(own.map((_, i) => `Event${i % types}`))
          expect(new Set(own.slice(0, types).map((message) => message.order)).size).toBe(1)
        }
      }),
    )
  })
})

test('the same fact sent again has another event id, and nothing else is new', () => {
  const first = messageAt(workloadOf(shape), 0)
  const second = resent(first)
  expect(second).toEqual({ ...first, id: 'order-41/OrderCreated~2' })
  expect(resent(second).id).toBe('order-41/OrderCreated~3')
})

test('event types that remove carry nothing; the others say nothing of it', () => {
  const removing = { ...workloadOf(shape), removes: ['OrderShipped'] }
  const [first, sixth] = [messageAt(removing, 0), messageAt(removing, 6)]
  expect('gone' in first).toBe(false)
  expect(sixth).toMatchObject({ type: 'OrderShipped', gone: true })
})
