// A tape: an append-only list with structural sharing. Appending is O(1) amortised, reading O(log32 n),
// and every earlier tape stays as it was. Plain JSON: {length, depth, root, tail}.

const BITS = 5
const WIDTH = 1 << BITS
const MASK = WIDTH - 1

type Node<T> = readonly (Node<T> | T)[]

export interface Tape<T> {
  readonly length: number
  /** Levels below the root; 0: the root holds leaves of items. */
  readonly depth: number
  readonly root: Node<T>
  /** The last items, fewer than 32, not yet in the tree. */
  readonly tail: readonly T[]
}

const EMPTY: Tape<never> = { length: 0, depth: 0, root: [], tail: [] }

export function emptyTape<T>(): Tape<T> {
  return EMPTY
}

export function tapeOf<T>(items: readonly T[]): Tape<T> {
  return items.reduce<Tape<T>>(append, EMPTY)
}

export function append<T>(tape: Tape<T>, item: T): Tape<T> {
  const tail = [...tape.tail, item]
  if (tail.length < WIDTH) return { ...tape, length: tape.length + 1, tail }
  const inTree = tape.length + 1 - WIDTH
  const full = inTree === WIDTH << (BITS * (tape.depth + 1) - BITS)
  const grown = full && inTree > 0
  const root = grown
    ? [tape.root, path(tail, tape.depth)]
    : push(tape.root, tape.depth, inTree, tail)
  return { length: tape.length + 1, depth: grown ? tape.depth + 1 : tape.depth, root, tail: [] }
}

/** A fresh spine of `levels` single-child nodes down to one full leaf. */
function path<T>(leaf: readonly T[], levels: number): Node<T> {
  let node: Node<T> = leaf
  for (let i = 0; i < levels; i++) node = [node]
  return node
}

function push<T>(node: Node<T>, depth: number, index: number, leaf: readonly T[]): Node<T> {
  if (depth === 0) return leaf
  const at = (index >>> (BITS * depth)) & MASK
  const copy = node.slice()
  const child = node[at] as Node<T> | undefined
  copy[at] = child === undefined ? path(leaf, depth - 1) : push(child, depth - 1, index, leaf)
  return copy
}

/** The item at `index`, or undefined beyond the ends. */
export function at<T>(tape: Tape<T>, index: number): T | undefined {
  if (index < 0 || index >= tape.length) return undefined
  const inTree = tape.length - tape.tail.length
  if (index >= inTree) return tape.tail[index - inTree]
  let node = tape.root
  for (let level = tape.depth; level > 0; level--) {
    node = node[(index >>> (BITS * level)) & MASK] as Node<T>
  }
  return node[index & MASK] as T
}

/** Items from `from` (inclusive) to `to` (exclusive), clamped to the tape. */
export function slice<T>(tape: Tape<T>, from: number, to: number = tape.length): readonly T[] {
  const items: T[] = []
  const end = Math.min(to, tape.length)
  for (let i = Math.max(0, from); i < end; i++) items.push(at(tape, i) as T)
  return items
}
