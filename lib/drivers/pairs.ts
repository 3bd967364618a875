// A memory from two integers to a third, in one open-addressing table. -1 stands for "not known".
const FIRST = 1 << 10

export interface Pairs {
  mask: number
  /** Four numbers a place: both keys, the value, and one unused so that places begin at multiples of four. */
  table: Int32Array
  size: number
}

export function pairs(): Pairs {
  return { mask: FIRST - 1, table: new Int32Array(4 * FIRST).fill(-1), size: 0 }
}

function placeOf(self: Pairs, a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
  h ^= h >>> 15
  return (Math.imul(h, 0x2c1b3c6d) >>> 7) & self.mask
}

export function recall(self: Pairs, a: number, b: number): number {
  const { table, mask } = self
  for (let place = placeOf(self, a, b); ; place = (place + 1) & mask) {
    const at = 4 * place
    const key = table[at] as number
    if (key === a && table[at + 1] === b) return table[at + 2] as number
    if (key === -1) return -1
  }
}

/** To be called after a `get` of the same keys found nothing; keys are not negative. */
export function remember(self: Pairs, a: number, b: number, value: number): void {
  if (3 * ++self.size > 2 * self.mask) grow(self)
  put(self, a, b, value)
}

function put(self: Pairs, a: number, b: number, value: number): void {
  const { table, mask } = self
  let place = placeOf(self, a, b)
  while (table[4 * place] !== -1) place = (place + 1) & mask
  table[4 * place] = a
  table[4 * place + 1] = b
  table[4 * place + 2] = value
}

function grow(self: Pairs): void {
  const old = self.table
  self.mask = 2 * (self.mask + 1) - 1
  self.table = new Int32Array(4 * (self.mask + 1)).fill(-1)
  for (let at = 0; at < old.length; at += 4) {
    if (old[at] !== -1) put(self, old[at] as number, old[at + 1] as number, old[at + 2] as number)
  }
}
