// Numbers for values: each gets one the first time it is met, and two hashes of its canonical text, so that
// fingerprints made of them are the same in every worker and in every run.
import { canonical } from './canonical.ts'

/** Two hashes of a text that have nothing to do with each other: 64 bits together. */
export function hashesOf(text: string): readonly [high: number, low: number] {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x9e3779b1)
    a ^= a >>> 13
    b = Math.imul(b ^ unit, 0x5f356495)
    b ^= b >>> 16
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35)
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return [a | 0, b | 0]
}

export interface Intern<T> {
  readonly idOf: (value: T) => number
  readonly valueOf: (id: number) => T
  readonly hashOf: (id: number) => readonly [high: number, low: number]
  readonly size: () => number
}

/**
 * A step leaves most of a world as it is: the very same values, which need not be spelled. Of the others most come
 * again spelled the same: the plain text is looked up before the canonical one is made.
 */
export function intern<T>(): Intern<T> {
  const same = new Map<T, number>()
  const spelled = new Map<string, number>()
  const ids = new Map<string, number>()
  const values: T[] = []
  const hashes: (readonly [number, number])[] = []
  return {
    idOf(value) {
      const own = same.get(value)
      if (own !== undefined) return own
      const plain = JSON.stringify(value)
      const known = spelled.get(plain)
      if (known !== undefined) return known
      const text = canonical(value)
      let id = ids.get(text)
      if (id === undefined) {
        id = values.push(value) - 1
        same.set(value, id)
        ids.set(text, id)
        hashes.push(hashesOf(text))
      }
      spelled.set(plain, id)
      return id
    },
    valueOf: (id) => values[id] as T,
    hashOf: (id) => hashes[id] as readonly [number, number],
    size: () => values.length,
  }
}

/** Numbers for short tuples of numbers, of one width. */
export interface TupleIntern {
  readonly idOf: (tuple: readonly number[]) => number
  /** The nth number of a tuple. */
  readonly at: (id: number, nth: number) => number
  readonly size: () => number
}

export function internTuples(width: number): TupleIntern {
  const ids = new Map<string, number>()
  const tuples: number[] = []
  let size = 0
  return {
    idOf(tuple) {
      const text = tuple.join()
      const known = ids.get(text)
      if (known !== undefined) return known
      ids.set(text, size)
      for (const number of tuple) tuples.push(number)
      return size++
    },
    at: (id, nth) => tuples[id * width + nth] as number,
    size: () => size,
  }
}
