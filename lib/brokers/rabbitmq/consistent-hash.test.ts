import { describe, expect, test } from 'vitest'
import { bucketOf, phash2 } from './consistent-hash.ts'

// Computed by Erlang itself (OTP of Debian forky): erlang:phash2(Key), and the plugin's jump over 2, 3, 6 and 40 buckets.
test.each([
  ['', 13708901, [0, 0, 0, 18]],
  ['a', 112802447, [1, 1, 1, 15]],
  ['abc', 98228475, [1, 1, 5, 10]],
  ['k0', 92414295, [1, 1, 1, 7]],
  ['k1', 57409138, [0, 0, 3, 22]],
  ['k2', 41770838, [1, 1, 5, 5]],
  ['order-41', 108746708, [0, 0, 3, 28]],
  ['twelve-bytes', 8570600, [0, 0, 0, 29]],
  ['a-little-longer-than-twelve', 49930133, [1, 2, 5, 19]],
  ['ünï', 63630965, [1, 1, 3, 16]],
])('%j has the hash and the buckets that Erlang gives it', (key, hash, buckets) => {
  expect(phash2(key)).toBe(hash)
  expect([2, 3, 6, 40].map((most) => bucketOf(key, most))).toEqual(buckets)
})

describe('one bucket more', () => {
  test('takes some keys from the others, and moves none between these', () => {
    const keys = Array.from({ length: 60 }, (_, i) => `key-${i}`)
    const moved = keys.filter((key) => bucketOf(key, 2) !== bucketOf(key, 3))
    expect(moved.length).toBeGreaterThan(10)
    expect(moved.length).toBeLessThan(30)
    expect(new Set(moved.map((key) => bucketOf(key, 3)))).toEqual(new Set([2]))
  })

  test('is all there is where there is one', () => {
    expect(bucketOf('anything', 1)).toBe(0)
  })
})
