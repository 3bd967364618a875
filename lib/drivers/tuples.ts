// A memory keyed by a few integers of a longer vector, compared exactly: what an actor may do, by what it
// can see. A plain map of texts costs ten times as much here.

export interface Tuples<T> {
  /** What is remembered for the numbers that stand in these slots now. */
  readonly get: (vectors: Int32Array, from: number) => T | undefined
  /** Remembers; to be called after a `get` of the same numbers found nothing. */
  readonly add: (vectors: Int32Array, from: number, value: T) => void
}

/** Beyond this many answers a memory is emptied: it may not grow without end. */
const MOST = 1 << 20

export function tuples<T>(slots: readonly number[]): Tuples<T> {
  const width = slots.length
  const places = Int32Array.from(slots)
  let mask = 63
  let table = new Int32Array(mask + 1)
  let keys = new Int32Array(64 * width)
  let values: T[] = []

  function hash(numbers: Int32Array, from: number, scattered: boolean): number {
    let h = 0x811c9dc5
    for (let i = 0; i < width; i++) {
      const value = numbers[from + (scattered ? (places[i] as number) : i)] as number
      h = Math.imul(h ^ value, 0x01000193) ^ (h >>> 15)
    }
    return Math.imul(h, 0x85ebca6b) >>> 8
  }

  function isSame(entry: number, vectors: Int32Array, from: number): boolean {
    const at = entry * width
    for (let i = 0; i < width; i++) {
      if (keys[at + i] !== vectors[from + (places[i] as number)]) return false
    }
    return true
  }

  function empty(): void {
    mask = 63
    table = new Int32Array(mask + 1)
    keys = new Int32Array(64 * width)
    values = []
  }

  function grow(): void {
    mask = 2 * (mask + 1) - 1
    table = new Int32Array(mask + 1)
    const bigger = new Int32Array((mask + 1) * width)
    bigger.set(keys.subarray(0, values.length * width))
    keys = bigger
    for (let entry = 0; entry < values.length; entry++) {
      let slot = hash(keys, entry * width, false) & mask
      while (table[slot] !== 0) slot = (slot + 1) & mask
      table[slot] = entry + 1
    }
  }

  return {
    get(vectors, from) {
      let slot = hash(vectors, from, true) & mask
      for (;;) {
        const entry = table[slot] as number
        if (entry === 0) return undefined
        if (isSame(entry - 1, vectors, from)) return values[entry - 1]
        slot = (slot + 1) & mask
      }
    },
    add(vectors, from, value) {
      if (values.length >= MOST) empty()
      if (2 * values.length > mask) grow()
      let slot = hash(vectors, from, true) & mask
      while (table[slot] !== 0) slot = (slot + 1) & mask
      const at = values.length * width
      for (let i = 0; i < width; i++) keys[at + i] = vectors[from + (places[i] as number)] as number
      table[slot] = values.push(value)
    },
  }
}
