// Arrays of integers that grow: one that doubles, and an arena of rows in chunks, which never copies what it
// holds and can let go of what nobody will ask for again.

export type Ints = Int32Array<ArrayBuffer>

/** The same numbers with room for at least so many. */
export function grown(old: Ints, least: number): Ints {
  if (least <= old.length) return old
  const bigger = new Int32Array(Math.max(least, 2 * old.length, 16))
  bigger.set(old)
  return bigger
}

const SHIFT = 12
const ROWS = 1 << SHIFT
const MASK = ROWS - 1
const NO_CHUNK = new Int32Array(0)

/** Rows of the same width, numbered from 0 in the order they were added. */
export interface Arena {
  readonly width: number
  count: number
  bytes: number
  readonly chunks: Ints[]
  /** Per chunk, how many of its rows nobody will ask for again. */
  readonly released: number[]
}

export function arena(width: number): Arena {
  return { width, count: 0, bytes: 0, chunks: [], released: [] }
}

/** Makes room for one more row; its numbers are then written at `chunk(row)[offset(row)…]`. */
export function addRow(self: Arena): number {
  const row = self.count++
  if (row >> SHIFT === self.chunks.length) {
    self.chunks.push(new Int32Array(ROWS * self.width))
    self.released.push(0)
    self.bytes += 4 * ROWS * self.width
  }
  return row
}

export function chunkOf(self: Arena, row: number): Int32Array {
  return self.chunks[row >> SHIFT] as Int32Array
}

export function offsetOf(self: Arena, row: number): number {
  return (row & MASK) * self.width
}

/** Nobody will ask for these rows again. A chunk goes when all of its rows are released. */
export function releaseRows(self: Arena, first: number, count: number): void {
  for (let row = first; row < first + count; row++) {
    const at = row >> SHIFT
    const now = (self.released[at] as number) + 1
    self.released[at] = now
    if (now !== ROWS) continue
    self.chunks[at] = NO_CHUNK
    self.bytes -= 4 * ROWS * self.width
  }
}

/** Forgets every row from this one on. */
export function truncateRows(self: Arena, count: number): void {
  self.count = count
  const chunks = (count + MASK) >> SHIFT
  while (self.chunks.length > chunks) {
    const chunk = self.chunks.pop() as Int32Array
    self.released.pop()
    self.bytes -= 4 * chunk.length
  }
}
