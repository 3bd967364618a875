import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  append,
  emptyList,
  find,
  first,
  firstOf,
  insert,
  itemsOf,
  type List,
  last,
  listOf,
  map,
  remove,
  rest,
  some,
  split,
} from './list.ts'

const itself = (n: number) => n

/** Even numbers, so that there is room between any two. */
const evens = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => 2 * i)

/** Within one chunk, with several, with chunks beyond, and with chunks of chunks beyond those. */
const SIZES = [0, 1, 31, 33, 64, 1023, 1025, 1100, 32_800, 34_000]

type Change = (list: List<number>, items: readonly number[], at: number) => List<number>
const CHANGES: Readonly<Record<string, Change>> = {
  append: (list, items) => append(list, (items.at(-1) ?? 0) + 2),
  rest: (list) => rest(list),
  remove: (list, items, at) => remove(list, items[at % items.length] ?? 0, itself),
  insert: (list, items, at) => insert(list, (items[at % items.length] ?? 0) + 1, itself),
}
const INSTEAD: Readonly<
  Record<string, (items: readonly number[], at: number) => readonly number[]>
> = {
  append: (items) => [...items, (items.at(-1) ?? 0) + 2],
  rest: (items) => items.slice(1),
  remove: (items, at) => items.filter((each) => each !== items[at % items.length]),
  insert: (items, at) => [...items, (items[at % items.length] ?? 0) + 1].sort((a, b) => a - b),
}

const change = fc.tuple(fc.constantFrom(...Object.keys(CHANGES)), fc.nat(40_000), fc.nat(70))

describe('a list', () => {
  test('holds what an array would, whatever is done to it, and older versions stay', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SIZES),
        fc.array(change, { maxLength: 6 }),
        (size, changes) => {
          let items = evens(size)
          let list = listOf(items)
          for (const [what, at, times] of changes) {
            const [old, before] = [list, items]
            for (let i = 0; i < (what === 'append' || what === 'rest' ? times : 1); i++) {
              list = (CHANGES[what] as Change)(list, items, at)
              items = INSTEAD[what]?.(items, at) ?? []
            }
            expect(itemsOf(old)).toEqual(before)
            expect(itemsOf(list)).toEqual(items)
            expect([list.count, first(list), last(list)]).toEqual([
              items.length,
              items[0],
              items.at(-1),
            ])
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('is one chunk wherever it fits into one, however it came about', () => {
    for (const size of SIZES.filter((each) => each > 40)) {
      let shrunk = listOf(evens(size))
      while (shrunk.count > 32) shrunk = rest(shrunk)
      expect(shrunk).toEqual(listOf(evens(size).slice(-32)))
      expect(rest(shrunk)).toEqual(listOf(evens(size).slice(-31)))
    }
    expect(rest(append(emptyList<number>(), 1))).toEqual(emptyList())
  })

  test('comes to the same when it grows as when it is made at once', () => {
    const grown = evens(34_000).reduce<List<number>>(append, emptyList())
    expect(grown).toEqual(listOf(evens(34_000)))
  })

  test('copies little at either end of a long one', () => {
    const long = listOf(evens(1_000_000))
    for (const next of [append(long, -1), rest(long)]) {
      expect(slotsNotIn(next, long)).toBeLessThan(4 * 2 * 32)
    }
  })

  test('is searched, changed and parted as a whole', () => {
    for (const size of SIZES) {
      const list = listOf(evens(size))
      const middle = 2 * (size >> 1)
      expect(find(list, middle, itself)).toBe(size === 0 ? undefined : middle)
      expect(find(list, middle + 1, itself)).toBeUndefined()
      expect(some(list, (each) => each === middle)).toBe(size > 0)
      expect(some(list, (each) => each < 0)).toBe(false)
      expect(firstOf(list, 40)).toEqual(evens(Math.min(size, 40)))
      expect(itemsOf(map(list, (each) => each + 1))).toEqual(evens(size).map((each) => each + 1))
      const [passed, others] = split(list, (each) => each % 4 === 0)
      expect(passed).toEqual(evens(size).filter((each) => each % 4 === 0))
      expect(itemsOf(others)).toEqual(evens(size).filter((each) => each % 4 !== 0))
    }
  })
})

/** How many slots of arrays stand in `value` that it does not share with `other`. */
function slotsNotIn(value: unknown, other: unknown): number {
  const shared = new Set<unknown>()
  const gather = (each: unknown): void => {
    if (typeof each !== 'object' || each === null) return
    shared.add(each)
    for (const inner of Object.values(each)) gather(inner)
  }
  gather(other)
  const count = (each: unknown): number => {
    if (typeof each !== 'object' || each === null || shared.has(each)) return 0
    const inner = Object.values(each)
    return inner.length + inner.reduce((sum, one) => sum + count(one), 0)
  }
  return count(value)
}
