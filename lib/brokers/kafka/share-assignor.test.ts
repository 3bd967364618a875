import { expect, test } from 'vitest'
import { assignSimple } from './share-assignor.ts'

const orders = (count: number) => ({ orders: count })

test('one partition goes to all, one member has all', () => {
  expect(assignSimple(['a', 'b'], orders(1), {})).toEqual({
    a: { orders: [0] },
    b: { orders: [0] },
  })
  expect(assignSimple(['a'], orders(3), {})).toEqual({ a: { orders: [0, 1, 2] } })
  expect(assignSimple(['a'], {}, {})).toEqual({ a: {} })
  expect(assignSimple([], orders(2), {})).toEqual({})
})

test('as many for each as can be, and what a member has it keeps', () => {
  const first = assignSimple(['a', 'b'], orders(3), {})
  const counts = Object.values(first).map((each) => each['orders']?.length)
  expect(counts).toEqual([2, 1])
  const both = assignSimple(['a', 'b'], orders(2), { a: { orders: [0, 1] } })
  expect(both).toEqual({ a: { orders: [1] }, b: { orders: [0] } })
  expect(assignSimple(['a', 'b'], orders(2), both)).toEqual(both)
})

test('every partition is read by as many as the others, give or take one', () => {
  const dealt = assignSimple(['a', 'b', 'c'], orders(2), { a: { orders: [0] }, b: { orders: [0] } })
  const readers = [0, 1].map(
    (partition) =>
      Object.values(dealt).filter((each) => each['orders']?.includes(partition)).length,
  )
  expect(readers).toEqual([2, 2])
  const crowded = assignSimple(
    ['a', 'b'],
    { orders: 2 },
    { a: { orders: [0] }, b: { orders: [0] } },
  )
  expect(crowded).toEqual({ a: { orders: [1] }, b: { orders: [0] } })
})

test('partitions that were added are dealt too; several topics are told apart', () => {
  expect(assignSimple(['a'], orders(2), { a: { orders: [0] } })).toEqual({ a: { orders: [0, 1] } })
  expect(assignSimple(['a'], { b: 1, a: 1 }, {})).toEqual({ a: { a: [0], b: [0] } })
})
