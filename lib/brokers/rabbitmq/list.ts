// A list that is taken from at its head and given to at its end, a million items long if need be: chunks of
// at most 32, shared between versions. Ordered by a rising number, so that one can be found, or put back.

const WIDTH = 32

export interface List<T> {
  readonly count: number
  readonly chunks: readonly (readonly T[])[]
}

const EMPTY: List<never> = { count: 0, chunks: [] }

export function emptyList<T>(): List<T> {
  return EMPTY
}

export function listOf<T>(items: readonly T[]): List<T> {
  const chunks: (readonly T[])[] = []
  for (let i = 0; i < items.length; i += WIDTH) chunks.push(items.slice(i, i + WIDTH))
  return chunks.length === 0 ? EMPTY : { count: items.length, chunks }
}

export function itemsOf<T>(list: List<T>): readonly T[] {
  return list.chunks.length === 1 ? (list.chunks[0] as readonly T[]) : list.chunks.flat()
}

export function first<T>(list: List<T>): T | undefined {
  return list.chunks[0]?.[0]
}

export function last<T>(list: List<T>): T | undefined {
  return list.chunks.at(-1)?.at(-1)
}

/** The first `most` items: what a picture shows of a long list. */
export function firstOf<T>(list: List<T>, most: number): readonly T[] {
  const items: T[] = []
  for (const chunk of list.chunks) {
    for (const item of chunk) {
      if (items.length === most) return items
      items.push(item)
    }
  }
  return items
}

export function append<T>(list: List<T>, item: T): List<T> {
  const { count, chunks } = list
  const tail = chunks[chunks.length - 1]
  if (tail === undefined) return { count: 1, chunks: [[item]] }
  if (tail.length >= WIDTH) return { count: count + 1, chunks: [...chunks, [item]] }
  const grown = [...tail, item]
  return { count: count + 1, chunks: chunks.length === 1 ? [grown] : chunks.with(-1, grown) }
}

/** Without its first item. A list that fits into one chunk is one, so that equal short lists look alike. */
export function rest<T>(list: List<T>): List<T> {
  const { count, chunks } = list
  if (count <= 1) return EMPTY
  const head = (chunks[0] as readonly T[]).slice(1)
  if (chunks.length === 1) return { count: count - 1, chunks: [head] }
  const others = chunks.slice(1)
  return whole({ count: count - 1, chunks: head.length === 0 ? others : [head, ...others] })
}

function whole<T>(list: List<T>): List<T> {
  if (list.count > WIDTH || list.chunks.length < 2) return list
  return { count: list.count, chunks: [list.chunks.flat()] }
}

function replaced<T>(list: List<T>, at: number, chunk: readonly T[], by: number): List<T> {
  const count = list.count + by
  if (count === 0) return EMPTY
  const chunks =
    chunk.length === 0 ? list.chunks.filter((_, i) => i !== at) : list.chunks.with(at, chunk)
  return whole({ count, chunks })
}

type Numbered<T> = (item: T) => number

/** Index of the chunk where an item of this number stands or would stand. */
function chunkAt<T>(list: List<T>, number: number, of: Numbered<T>): number {
  const { chunks } = list
  for (let i = 0; i < chunks.length - 1; i++) {
    if (of((chunks[i] as readonly T[]).at(-1) as T) >= number) return i
  }
  return chunks.length - 1
}

export function find<T>(list: List<T>, number: number, of: Numbered<T>): T | undefined {
  return list.chunks[chunkAt(list, number, of)]?.find((item) => of(item) === number)
}

/** Without the item of this number, if there is one. */
export function remove<T>(list: List<T>, number: number, of: Numbered<T>): List<T> {
  const head = first(list)
  if (head !== undefined && of(head) === number) return rest(list)
  const at = chunkAt(list, number, of)
  const chunk = list.chunks[at]
  const index = chunk?.findIndex((item) => of(item) === number) ?? -1
  return index < 0 ? list : replaced(list, at, (chunk as readonly T[]).toSpliced(index, 1), -1)
}

/** With the item where its number belongs. */
export function insert<T>(list: List<T>, item: T, of: Numbered<T>): List<T> {
  const number = of(item)
  const tail = last(list)
  if (tail === undefined || of(tail) < number) return append(list, item)
  const at = chunkAt(list, number, of)
  const chunk = list.chunks[at] as readonly T[]
  const index = chunk.findIndex((each) => of(each) > number)
  const grown = chunk.toSpliced(index, 0, item)
  if (grown.length <= WIDTH) return replaced(list, at, grown, 1)
  const half = grown.length >> 1
  const halves = [grown.slice(0, half), grown.slice(half)]
  return { count: list.count + 1, chunks: list.chunks.toSpliced(at, 1, ...halves) }
}

export function map<T>(list: List<T>, change: (item: T) => T): List<T> {
  return { count: list.count, chunks: list.chunks.map((chunk) => chunk.map(change)) }
}

/** Those that pass, and those that do not, each in order. */
export function split<T>(
  list: List<T>,
  test: (item: T) => boolean,
): readonly [passed: readonly T[], others: List<T>] {
  const items = itemsOf(list)
  const passed = items.filter(test)
  return [passed, passed.length === 0 ? list : listOf(items.filter((item) => !test(item)))]
}
