// A set of 64-bit fingerprints of integer vectors: two independent 32-bit hashes in an open-addressing
// table. At 13 million states the chance of one collision is five in a million (exploration.md 2.7).

export interface Fingerprints {
  /** Adds the vector's fingerprint; false when it was there already. */
  readonly add: (vectors: Int32Array, from: number, width: number) => boolean
  readonly size: () => number
}

function mix(h: number): number {
  let x = h ^ (h >>> 16)
  x = Math.imul(x, 0x7feb352d)
  x ^= x >>> 15
  x = Math.imul(x, 0x846ca68b)
  return x ^ (x >>> 16)
}

export function fingerprints(): Fingerprints {
  let mask = (1 << 16) - 1
  let table = new Int32Array(2 * (mask + 1))
  let size = 0

  /** Where this pair stands or may stand. An empty place is a pair of zeros. */
  function find(into: Int32Array, high: number, low: number): number {
    let slot = (high ^ Math.imul(low, 0x9e3779b1)) & mask
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
    add(vectors, from, width) {
      let a = 0x2f0b4c47
      let b = 0x51ed270b
      for (let i = from; i < from + width; i++) {
        const value = vectors[i] as number
        a = Math.imul(a ^ value, 0x01000193) ^ (a >>> 13)
        b = Math.imul((b ^ (b >>> 15)) + value, 0x2c1b3c6d) + 0x297a2d39
      }
      const high = mix(a)
      // The pair of zeros means an empty place, so the one vector that hashes to it is moved.
      const low = mix(b ^ Math.imul(a, 0x85ebca6b)) || (high === 0 ? 1 : 0)
      const at = find(table, high, low)
      if (table[at] === high && table[at + 1] === low) return false
      table[at] = high
      table[at + 1] = low
      size++
      if (2 * size > mask) grow()
      return true
    },
    size: () => size,
  }
}
