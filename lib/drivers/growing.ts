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
export class Arena {
  readonly width: number
  count = 0
  bytes = 0
  private readonly chunks: Int32Array[] = []
  private readonly released: number[] = []

  constructor(width: number) {
    this.width = width
  }

  /** Makes room for one more row; its numbers are then written at `chunk(row)[offset(row)…]`. */
  add(): number {
    const row = this.count++
    if (row >> SHIFT === this.chunks.length) {
      this.chunks.push(new Int32Array(ROWS * this.width))
      this.released.push(0)
      this.bytes += 4 * ROWS * this.width
    }
    return row
  }

  chunk(row: number): Int32Array {
    return this.chunks[row >> SHIFT] as Int32Array
  }

  offset(row: number): number {
    return (row & MASK) * this.width
  }

  /** Nobody will ask for these rows again. A chunk goes when all of its rows are released. */
  release(first: number, count: number): void {
    for (let row = first; row < first + count; row++) {
      const at = row >> SHIFT
      const now = (this.released[at] as number) + 1
      this.released[at] = now
      if (now !== ROWS) continue
      this.chunks[at] = NO_CHUNK
      this.bytes -= 4 * ROWS * this.width
    }
  }

  /** Forgets every row from this one on. */
  truncate(count: number): void {
    this.count = count
    const chunks = (count + MASK) >> SHIFT
    while (this.chunks.length > chunks) {
      const chunk = this.chunks.pop() as Int32Array
      this.released.pop()
      this.bytes -= 4 * chunk.length
    }
  }
}
