// Which states have been met: by 64-bit fingerprints (two 32-bit sums over a vector's numbers), or exactly.
//
// A fingerprint takes one state for another with the odds of two of n random 64-bit numbers being the same:
// n(n-1)/2^65. At 13 million states that is five in a million (exploration.md 2.7). The exact set compares
// the vectors themselves and makes no such mistake; it keeps every vector.
import { type Arena, chunkOf, offsetOf } from './growing.ts'

export interface Seen {
  /** Adds the state with this fingerprint that stands in this row; false when it was met before. */
  readonly add: (high: number, low: number, row: number) => boolean
  /** Whether it was met before, as far as a fingerprint alone can tell; the exact set says no. */
  readonly has: (high: number, low: number) => boolean
  readonly size: () => number
  readonly bytes: () => number
}

/** How likely it is that among so many states two were taken for one. */
export function oddsOfCollision(states: number): number {
  return (states * (states - 1)) / 2 ** 65
}

function mix(h: number): number {
  let x = h ^ (h >>> 16)
  x = Math.imul(x, 0x7feb352d)
  x ^= x >>> 15
  return x
}

const FIRST = 1 << 12

/** A set of 64-bit fingerprints in an open-addressing table. */
export function fingerprints(): Seen {
  let mask = FIRST - 1
  let table = new Int32Array(2 * FIRST)
  let count = 0

  /** Where this pair stands or may stand. An empty place is a pair of zeros. */
  function find(high: number, low: number): number {
    for (let place = mix(high ^ low) & mask; ; place = (place + 1) & mask) {
      const at = 2 * place
      const a = table[at] as number
      const b = table[at + 1] as number
      if ((a === high && b === low) || (a === 0 && b === 0)) return at
    }
  }

  function grow(): void {
    const old = table
    mask = 2 * (mask + 1) - 1
    table = new Int32Array(2 * (mask + 1))
    for (let at = 0; at < old.length; at += 2) {
      const high = old[at] as number
      const low = old[at + 1] as number
      if (high === 0 && low === 0) continue
      const free = find(high, low)
      table[free] = high
      table[free + 1] = low
    }
  }

  return {
    add(high, low) {
      // The pair of zeros means an empty place, so the one fingerprint that is it is moved.
      const second = high === 0 && low === 0 ? 1 : low
      const at = find(high, second)
      if (table[at] === high && table[at + 1] === second) return false
      table[at] = high
      table[at + 1] = second
      if (5 * ++count > 3 * mask) grow()
      return true
    },
    has(high, low) {
      const second = high === 0 && low === 0 ? 1 : low
      const at = find(high, second)
      return table[at] === high && table[at + 1] === second
    },
    size: () => count,
    bytes: () => 4 * table.length,
  }
}

/** Numbers of rows of an arena, found by their fingerprints and told apart by all that they hold. */
export function exactStates(rows: Arena): Seen {
  /** How many numbers of a row make up the state; its fingerprint stands behind them. */
  const width = rows.width - 2
  let mask = FIRST - 1
  let table = new Int32Array(FIRST).fill(-1)
  let count = 0

  function isSame(a: number, b: number): boolean {
    const one = chunkOf(rows, a)
    const other = chunkOf(rows, b)
    const from = offsetOf(rows, a)
    const to = offsetOf(rows, b)
    for (let i = 0; i < width; i++) if (one[from + i] !== other[to + i]) return false
    return true
  }

  function find(high: number, low: number, row: number): number {
    let place = mix(high ^ low) & mask
    while (table[place] !== -1 && !isSame(table[place] as number, row)) place = (place + 1) & mask
    return place
  }

  function grow(): void {
    const old = table
    mask = 2 * (mask + 1) - 1
    table = new Int32Array(mask + 1).fill(-1)
    for (const row of old) {
      if (row === -1) continue
      const chunk = chunkOf(rows, row)
      const at = offsetOf(rows, row) + width
      table[find(chunk[at] as number, chunk[at + 1] as number, row)] = row
    }
  }

  return {
    add(high, low, row) {
      const place = find(high, low, row)
      if (table[place] !== -1) return false
      table[place] = row
      if (5 * ++count > 3 * mask) grow()
      return true
    },
    has: () => false,
    size: () => count,
    bytes: () => 4 * table.length,
  }
}
