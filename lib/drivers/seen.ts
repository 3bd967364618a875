// Which states have been met: by 64-bit fingerprints (two 32-bit sums over a vector's numbers), or exactly.
//
// A fingerprint takes one state for another with the odds of two of n random 64-bit numbers being the same:
// n(n-1)/2^65. At 13 million states that is five in a million (exploration.md 2.7). The exact set compares
// the vectors themselves and makes no such mistake; it keeps every vector.
import type { Arena } from './growing.ts'

export interface Seen {
  /** Adds the state with this fingerprint that stands in this row; false when it was met before. */
  readonly add: (high: number, low: number, row: number) => boolean
  /** Whether it was met before, as far as a fingerprint alone can tell; the exact set says no. */
  readonly has: (high: number, low: number) => boolean
  /** The same set, to go on with by itself. */
  readonly fork: () => Seen
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

export class Fingerprints implements Seen {
  private mask = FIRST - 1
  private table = new Int32Array(2 * FIRST)
  private count = 0

  /** Where this pair stands or may stand. An empty place is a pair of zeros. */
  private find(high: number, low: number): number {
    const { table, mask } = this
    for (let place = mix(high ^ low) & mask; ; place = (place + 1) & mask) {
      const at = 2 * place
      const a = table[at] as number
      const b = table[at + 1] as number
      if ((a === high && b === low) || (a === 0 && b === 0)) return at
    }
  }

  add(high: number, low: number): boolean {
    // The pair of zeros means an empty place, so the one fingerprint that is it is moved.
    const second = high === 0 && low === 0 ? 1 : low
    const at = this.find(high, second)
    const { table } = this
    if (table[at] === high && table[at + 1] === second) return false
    table[at] = high
    table[at + 1] = second
    if (5 * ++this.count > 3 * this.mask) this.grow()
    return true
  }

  has(high: number, low: number): boolean {
    const second = high === 0 && low === 0 ? 1 : low
    const at = this.find(high, second)
    return this.table[at] === high && this.table[at + 1] === second
  }

  private grow(): void {
    const old = this.table
    this.mask = 2 * (this.mask + 1) - 1
    this.table = new Int32Array(2 * (this.mask + 1))
    for (let at = 0; at < old.length; at += 2) {
      const high = old[at] as number
      const low = old[at + 1] as number
      if (high === 0 && low === 0) continue
      const free = this.find(high, low)
      this.table[free] = high
      this.table[free + 1] = low
    }
  }

  fork(): Fingerprints {
    const copy = new Fingerprints()
    copy.mask = this.mask
    copy.table = this.table.slice()
    copy.count = this.count
    return copy
  }

  size(): number {
    return this.count
  }

  bytes(): number {
    return 4 * this.table.length
  }
}

/** Numbers of rows of an arena, found by their fingerprints and told apart by all that they hold. */
export class ExactStates implements Seen {
  private mask = FIRST - 1
  private table = new Int32Array(FIRST).fill(-1)
  private count = 0
  private readonly arena: Arena
  /** How many numbers of a row make up the state; its fingerprint stands behind them. */
  private readonly width: number

  constructor(arena: Arena) {
    this.arena = arena
    this.width = arena.width - 2
  }

  private isSame(a: number, b: number): boolean {
    const one = this.arena.chunk(a)
    const other = this.arena.chunk(b)
    const from = this.arena.offset(a)
    const to = this.arena.offset(b)
    for (let i = 0; i < this.width; i++) if (one[from + i] !== other[to + i]) return false
    return true
  }

  private find(high: number, low: number, row: number): number {
    const { table, mask } = this
    let place = mix(high ^ low) & mask
    while (table[place] !== -1 && !this.isSame(table[place] as number, row)) {
      place = (place + 1) & mask
    }
    return place
  }

  add(high: number, low: number, row: number): boolean {
    const place = this.find(high, low, row)
    if (this.table[place] !== -1) return false
    this.table[place] = row
    if (5 * ++this.count > 3 * this.mask) this.grow()
    return true
  }

  has(): boolean {
    return false
  }

  private grow(): void {
    const old = this.table
    this.mask = 2 * (this.mask + 1) - 1
    this.table = new Int32Array(this.mask + 1).fill(-1)
    for (const row of old) {
      if (row === -1) continue
      const chunk = this.arena.chunk(row)
      const at = this.arena.offset(row) + this.width
      this.table[this.find(chunk[at] as number, chunk[at + 1] as number, row)] = row
    }
  }

  fork(): ExactStates {
    const copy = new ExactStates(this.arena)
    copy.mask = this.mask
    copy.table = this.table.slice()
    copy.count = this.count
    return copy
  }

  size(): number {
    return this.count
  }

  bytes(): number {
    return 4 * this.table.length
  }
}
