import { describe, expect, test } from 'vitest'
import { uniformOfMixed } from './modern-mixed.ts'

const counts = { orders: 4, refunds: 2, letters: 1 }
const lanes = (topic: string, ...partitions: number[]) => partitions.map((p) => `${topic}/${p}`)
const reader = (id: string, topics: readonly string[], target: readonly string[] = []) => ({
  id,
  topics,
  target,
})
const given = (...members: ReturnType<typeof reader>[]) =>
  Object.fromEntries(uniformOfMixed(members, counts))

describe('members of different topics', () => {
  test('get nothing that they do not read, and those who have least get more', () => {
    expect(given(reader('a', ['orders', 'refunds']), reader('b', ['refunds', 'letters']))).toEqual({
      a: lanes('orders', 0, 1, 2, 3),
      b: [...lanes('letters', 0), ...lanes('refunds', 0, 1)],
    })
  })
  test('keep what they read and had, as long as it is balanced', () => {
    const a = reader('a', ['orders', 'refunds'], [...lanes('orders', 0, 1, 9), 'refunds/1'])
    const b = reader('b', ['orders'], [...lanes('orders', 2), ...lanes('refunds', 0)])
    expect(given(a, b)).toEqual({
      a: [...lanes('orders', 0), ...lanes('refunds', 0, 1)],
      b: lanes('orders', 1, 2, 3),
    })
  })
  test('a newcomer gets the last partitions of those who have most', () => {
    const a = reader('a', ['orders'], lanes('orders', 0, 1))
    const b = reader(
      'b',
      ['orders', 'refunds'],
      [...lanes('orders', 2, 3), 'refunds/0', 'refunds/1'],
    )
    expect(given(a, b, reader('c', ['refunds']))).toEqual({
      a: lanes('orders', 0, 1, 3),
      b: [...lanes('orders', 2), ...lanes('refunds', 0)],
      c: lanes('refunds', 1),
    })
  })
  test('who has most gives nothing of a topic of which it has nothing', () => {
    const a = reader('a', ['orders', 'refunds'], lanes('orders', 0, 1, 2, 3))
    const b = reader('b', ['refunds'], lanes('refunds', 0, 1))
    expect(given(a, b, reader('c', ['refunds', 'letters'], ['letters/0']))).toEqual({
      a: lanes('orders', 0, 1, 2, 3),
      b: lanes('refunds', 0, 1),
      c: lanes('letters', 0),
    })
  })
  test('of equals the one that had more before still gives', () => {
    const a = reader('a', ['orders', 'letters'], lanes('orders', 0, 1, 2, 3))
    const b = reader('b', ['orders'], lanes('orders', 4, 5, 6))
    const spread = uniformOfMixed([a, b, reader('c', ['orders'])], { orders: 7 })
    expect(Object.fromEntries(spread)).toEqual({
      a: lanes('orders', 0, 1),
      b: lanes('orders', 4, 5, 6),
      c: lanes('orders', 2, 3),
    })
  })
})
