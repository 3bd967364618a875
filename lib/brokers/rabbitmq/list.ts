// A list that is taken from at its head and given to at its end, a million items long if need be: chunks of
// at most 32, shared between versions. Ordered by a rising number, so that one can be found, or put back.

const WIDTH = 32

export interface List<T> {
  readonly count: number
  readonly chunks: readonly (readonly T[])[]
  /** The chunks after those, from the 33rd on: a list itself, so that both ends of a long one are near. */
  readonly beyond?: List<readonly T[]>
}

const EMPTY: List<never> = { count: 0, chunks: [] }

export function emptyList<T>(): List<T> {
  return EMPTY
}

export function listOf<T>(items: readonly T[]): List<T> {
  const chunks: (readonly T[])[] = []
  for (let i = 0; i < items.length; i += WIDTH) chunks.push(items.slice(i, i + WIDTH))
  return ofChunks(items.length, chunks)
}

/** A list that fits into one chunk is one, so that equal short lists look alike. */
function ofChunks<T>(count: number, chunks: readonly (readonly T[])[]): List<T> {
  if (count === 0) return EMPTY
  if (count <= WIDTH) return { count, chunks: chunks.length === 1 ? chunks : [chunks.flat()] }
  if (chunks.length <= WIDTH) return { count, chunks }
  return { count, chunks: chunks.slice(0, WIDTH), beyond: listOf(chunks.slice(WIDTH)) }
}

function chunksOf<T>({ chunks, beyond }: List<T>): readonly (readonly T[])[] {
  return beyond === undefined ? chunks : [...chunks, ...itemsOf(beyond)]
}

export function itemsOf<T>(list: List<T>): readonly T[] {
  return list.chunks.length === 1 && list.beyond === undefined
    ? (list.chunks[0] as readonly T[])
    : chunksOf(list).flat()
}

export function first<T>(list: List<T>): T | undefined {
  return list.chunks[0]?.[0]
}

export function last<T>({ chunks, beyond }: List<T>): T | undefined {
  return (beyond === undefined ? chunks.at(-1) : last(beyond))?.at(-1)
}

/** The first `most` items: what a picture shows of a long list. */
export function firstOf<T>(list: List<T>, most: number): readonly T[] {
  const items: T[] = []
  for (const chunk of chunksOf(list)) {
    for (const item of chunk) {
      if (items.length === most) return items
      items.push(item)
    }
  }
  return items
}

export function append<T>(list: List<T>, item: T): List<T> {
  const { chunks, beyond } = list
  const count = list.count + 1
  if (beyond !== undefined) return { count, chunks, beyond: appendWithin(beyond, item) }
  const tail = chunks[chunks.length - 1]
  if (tail === undefined) return { count, chunks: [[item]] }
  if (tail.length < WIDTH) {
    const grown = [...tail, item]
    return { count, chunks: chunks.length === 1 ? [grown] : chunks.with(-1, grown) }
  }
  if (chunks.length < WIDTH) return { count, chunks: [...chunks, [item]] }
  return { count, chunks, beyond: listOf([[item]]) }
}

/** In the last of these chunks, or, where that is full, in one more. */
function appendWithin<T>(chunks: List<readonly T[]>, item: T): List<readonly T[]> {
  const tail = last(chunks) as readonly T[]
  return tail.length < WIDTH ? withLast(chunks, [...tail, item]) : append(chunks, [item])
}

function withLast<T>({ count, chunks, beyond }: List<T>, item: T): List<T> {
  if (beyond !== undefined) {
    const tail = last(beyond) as readonly T[]
    return { count, chunks, beyond: withLast(beyond, tail.with(-1, item)) }
  }
  const tail = chunks.at(-1) as readonly T[]
  return { count, chunks: chunks.with(-1, tail.with(-1, item)) }
}

/** Without its first item. */
export function rest<T>(list: List<T>): List<T> {
  if (list.count <= 1) return EMPTY
  const count = list.count - 1
  const head = (list.chunks[0] as readonly T[]).slice(1)
  if (count <= WIDTH) return ofChunks(count, chunksOf(list).with(0, head))
  if (head.length === 0) return withoutChunk(list, count)
  return { ...list, count, chunks: list.chunks.with(0, head) }
}

/** Without its first chunk; when that was the last here, those that lay beyond move up. */
function withoutChunk<T>({ chunks, beyond }: List<T>, count: number): List<T> {
  if (beyond === undefined) return { count, chunks: chunks.slice(1) }
  if (chunks.length > 1) return { count, chunks: chunks.slice(1), beyond }
  const next = beyond.chunks[0] as readonly (readonly T[])[]
  const left = beyond.count - next.length
  return left === 0
    ? { count, chunks: next }
    : { count, chunks: next, beyond: withoutChunk(beyond, left) }
}

/** In the middle of a long list, where hardly anything happens, all its chunks are gone through. */
function replaced<T>(list: List<T>, at: number, by: readonly (readonly T[])[]): List<T> {
  const chunks = chunksOf(list).toSpliced(at, 1, ...by.filter((chunk) => chunk.length > 0))
  const count = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  return ofChunks(count, chunks)
}

type Numbered<T> = (item: T) => number

/** Index of the chunk where an item of this number stands or would stand. */
function chunkAt<T>(chunks: List<T>['chunks'], number: number, of: Numbered<T>): number {
  for (let i = 0; i < chunks.length - 1; i++) {
    if (of((chunks[i] as readonly T[]).at(-1) as T) >= number) return i
  }
  return chunks.length - 1
}

export function find<T>(list: List<T>, number: number, of: Numbered<T>): T | undefined {
  const chunks = chunksOf(list)
  return chunks[chunkAt(chunks, number, of)]?.find((item) => of(item) === number)
}

/** Without the item of this number, if there is one. */
export function remove<T>(list: List<T>, number: number, of: Numbered<T>): List<T> {
  const head = first(list)
  if (head !== undefined && of(head) === number) return rest(list)
  const chunks = chunksOf(list)
  const at = chunkAt(chunks, number, of)
  const chunk = chunks[at]
  const index = chunk?.findIndex((item) => of(item) === number) ?? -1
  return index < 0 ? list : replaced(list, at, [(chunk as readonly T[]).toSpliced(index, 1)])
}

/** With the item where its number belongs. */
export function insert<T>(list: List<T>, item: T, of: Numbered<T>): List<T> {
  const number = of(item)
  const tail = last(list)
  if (tail === undefined || of(tail) < number) return append(list, item)
  const chunks = chunksOf(list)
  const at = chunkAt(chunks, number, of)
  const chunk = chunks[at] as readonly T[]
  const index = chunk.findIndex((each) => of(each) > number)
  const grown = chunk.toSpliced(index, 0, item)
  const half = grown.length >> 1
  const isTooLong = grown.length > WIDTH
  return replaced(list, at, isTooLong ? [grown.slice(0, half), grown.slice(half)] : [grown])
}

export function some<T>(list: List<T>, test: (item: T) => boolean): boolean {
  return chunksOf(list).some((chunk) => chunk.some(test))
}

export function map<T>(list: List<T>, change: (item: T) => T): List<T> {
  const chunks = chunksOf(list).map((chunk) => chunk.map(change))
  return ofChunks(list.count, chunks)
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
