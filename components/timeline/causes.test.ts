import { expect, test } from 'vitest'
import { apart, laneOf } from './causes'

const lanes = ['order-service', 'payments-0', 'payments-1', 'broker-0', 'payments-coordinator'].map(
  (id) => ({ id }),
)
const seen = (part: object) => [{ kind: 'seen', ...part }] as never

test('a step stands on the lane of whom it is about, not of who did the work', () => {
  const at = (actor: string, part: object) => laneOf(lanes, { actor, observations: seen(part) })
  expect(at('card-charges', { by: 'payments-1' })).toBe(2)
  expect(at('payments-coordinator', { member: 'payments-1' })).toBe(2)
  expect(at('payments-coordinator', { owners: { 'orders/2': 'payments-0' } })).toBe(1)
})

test('else on that of who did it; of a line, on that of its first end; of nobody known, on none', () => {
  const at = (actor: string) => laneOf(lanes, { actor, observations: [] })
  expect(at('broker-0')).toBe(3)
  expect(at('order-service/broker-0')).toBe(0)
  expect(at('nobody')).toBe(-1)
})

test('close numbers are moved apart, in their order, and stay left of the edge', () => {
  expect(apart([10, 50], 19, 500)).toEqual([10, 50])
  expect(apart([10, 12, 13], 19, 500)).toEqual([10, 29, 48])
  expect(apart([480, 495, 498], 19, 500)).toEqual([462, 481, 500])
  expect(apart([], 19, 500)).toEqual([])
})
