import { describe, expect, test } from 'vitest'
import { afterAppend, murmur2, NOT_STUCK, partitionForKey, stuckTo, utf8 } from './partitioner.ts'

const keys = Array.from({ length: 10 }, (_, i) => `k${i}`)

describe('murmur2 of Kafka (UtilsTest)', () => {
  test.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
    ['', 275646681],
  ])('%s', (text, hash) => {
    expect(murmur2(utf8(text))).toBe(hash)
  })
})

describe('the partition of a key', () => {
  test.each([
    [3, [2, 2, 0, 1, 1, 0, 1, 1, 2, 2]],
    [4, [1, 1, 1, 0, 0, 0, 1, 0, 2, 0]],
    [6, [5, 5, 3, 4, 4, 0, 1, 4, 2, 2]],
  ])('k0..k9 over %i partitions', (partitions, expected) => {
    expect(keys.map((key) => partitionForKey(key, partitions))).toEqual(expected)
  })
  test('an empty key is a key: it is hashed', () => {
    expect(partitionForKey('', 3)).toBe(275646681 % 3)
  })
  test('adding partitions moves keys', () => {
    expect([3, 4].map((n) => partitionForKey('k0', n))).toEqual([2, 1])
  })
})

test.each(['A', 'é', '€', '🛒', 'user-1 é€🛒'])('a key is hashed as UTF-8: %s', (text) => {
  expect(utf8(text)).toEqual([...new TextEncoder().encode(text)])
})

describe('the sticky partitioner (KIP-794)', () => {
  test('stays where it is while a batch is not full', () => {
    const first = stuckTo(NOT_STUCK, 'shop', 3)
    expect(first.partition).toBeGreaterThanOrEqual(0)
    const after = afterAppend(first, 4, false)
    expect(stuckTo(after, 'shop', 3)).toMatchObject({ partition: first.partition, produced: 1 })
  })
  test('moves on once a batch was produced and is full', () => {
    const first = { partition: 1, produced: 3, picks: 1 }
    expect(afterAppend(first, 4, true).partition).toBe(-1)
    expect(afterAppend({ ...first, produced: 2 }, 4, true).partition).toBe(1)
  })
  test('leaves a partly filled batch only at twice the size', () => {
    const first = { partition: 1, produced: 3, picks: 1 }
    expect(afterAppend(first, 4, false).partition).toBe(1)
    expect(afterAppend({ ...first, produced: 6 }, 4, false).partition).toBe(1)
    expect(afterAppend({ ...first, produced: 7 }, 4, false).partition).toBe(-1)
  })
  test('picks are mixed, cover all partitions and depend on the producer', () => {
    const picksOf = (producer: string) => {
      let sticky = NOT_STUCK
      return Array.from({ length: 40 }, () => {
        sticky = stuckTo({ ...sticky, partition: -1 }, producer, 3)
        return sticky.partition
      })
    }
    const picks = picksOf('shop')
    expect(new Set(picks)).toEqual(new Set([0, 1, 2]))
    expect(picks.slice(0, 12)).not.toEqual(Array.from({ length: 12 }, (_, i) => i % 3))
    expect(picksOf('other')).not.toEqual(picks)
  })
  test('its count of picks is bounded', () => {
    const last = stuckTo({ partition: -1, produced: 5, picks: 1023 }, 'shop', 3)
    expect(last).toMatchObject({ picks: 0, produced: 0 })
  })
})
