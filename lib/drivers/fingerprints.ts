// A set of 64-bit fingerprints of integer vectors, in an open-addressing table. A fingerprint is a pair of
// 32-bit sums over the vector's slots (Zobrist hashing), so that a step that changes three numbers costs
// three, not the whole vector. At 13 million states the chance of one collision is five in a million
// (exploration.md 2.7).

export interface Fingerprints {
  /** Adds a fingerprint; false when it was there already. */
  readonly add: (high: number, low: number) => boolean
  readonly size: () => number
}

function mix(h: number): number {
  let x = h ^ (h >>> 16)
  x = Math.imul(x, 0x7feb352d)
  x ^= x >>> 15
  x = Math.imul(x, 0x846ca68b)
  return x ^ (x >>> 16)
}

/** What a number in a slot adds to the first sum. */
export function highOf(slot: number, value: number): number {
  return mix(Math.imul(slot + 1, 0x9e3779b1) ^ Math.imul(value + 1, 0x85ebca6b))
}

/** What a number in a slot adds to the second sum. */
export function lowOf(slot: number, value: number): number {
  return mix(Math.imul(slot + 1, 0x27d4eb2f) + Math.imul(value ^ 0x165667b1, 0xc2b2ae35))
}

export function fingerprints(): Fingerprints {
  let mask = (1 << 12) - 1
  let table = new Int32Array(2 * (mask + 1))
  let size = 0

  /** Where this pair stands or may stand. An empty place is a pair of zeros. */
  function find(into: Int32Array, high: number, low: number): number {
    let slot = mix(high ^ low) & mask
    for (;;) {
      const at = 2 * slot
      if (into[at] === high && into[at + 1] === low) return at
      if (into[at] === 0 && into[at + 1] === 0) return at
      slot = (slot + 1) & mask
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
      const free = find(table, high, low)
      table[free] = high
      table[free + 1] = low
    }
  }

  return {
    add(high, low) {
      // The pair of zeros means an empty place, so the one fingerprint that is it is moved.
      const second = high === 0 && low === 0 ? 1 : low
      const at = find(table, high, second)
      if (table[at] === high && table[at + 1] === second) return false
      table[at] = high
      table[at + 1] = second
      size++
      if (2 * size > mask) grow()
      return true
    },
    size: () => size,
  }
}
