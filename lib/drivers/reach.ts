// One step of a search: from a state that stands in a row, by one transition or cut, to the row of the state
// behind it. This is the innermost loop of every search; all in it are integers.
import { Arena } from './growing.ts'
import { type Purse, spentHash } from './purse.ts'
import type { Seen } from './seen.ts'
import { ACTOR, COST, PEERS, ROW, SEEN, SELF, type Space } from './space.ts'
import type { Watched } from './watched.ts'

/** Where things stand in a row: first one component an actor, then these. */
export interface Places {
  readonly acc: number
  readonly spent: number
  readonly high: number
  readonly low: number
  readonly width: number
}

export function placesOf(space: Space): Places {
  const n = space.start.length
  return { acc: n, spent: n + 1, high: n + 2, low: n + 3, width: n + 4 }
}

/** The states met so far, and how each was reached: from which row, by which transition. */
export class States {
  readonly space: Space
  readonly watched: Watched
  readonly purse: Purse
  readonly places: Places
  readonly rows: Arena
  /** Two numbers a state: its parent's row (-1 at the start), and the name of the step from there. */
  readonly ways = new Arena(2)
  readonly seen: Seen
  /** How many transitions were taken, chains and ways to states met before included. */
  transitions = 0
  private readonly spentHashes: (readonly [number, number])[] = []

  constructor(space: Space, watched: Watched, purse: Purse, seenOf: (rows: Arena) => Seen) {
    this.space = space
    this.watched = watched
    this.purse = purse
    this.places = placesOf(space)
    this.rows = new Arena(this.places.width)
    this.seen = seenOf(this.rows)
  }

  get count(): number {
    return this.rows.count
  }

  get bytes(): number {
    return this.rows.bytes + this.ways.bytes + this.seen.bytes()
  }

  /** Adds the state that everything begins with. */
  begin(): void {
    const { space, watched, places } = this
    const row = this.rows.add()
    const chunk = this.rows.chunk(row)
    chunk.set(space.start, 0)
    chunk[places.acc] = watched.start
    let high = watched.high[watched.start] as number
    let low = watched.low[watched.start] as number
    space.components.forEach((each, i) => {
      high += each.high[space.start[i] as number] as number
      low += each.low[space.start[i] as number] as number
    })
    chunk[places.high] = high
    chunk[places.low] = low
    this.keep(row, -1, 0)
  }

  /** Makes the state behind a transition stand in the row after the last. It is not added yet. */
  tryStep(chunk: Int32Array, at: number, transition: number): number {
    const next = this.copy(chunk, at)
    this.advance(next, transition)
    return next
  }

  /** Lets a transition happen in the row after the last. */
  advance(row: number, transition: number): void {
    const { space } = this
    this.transitions++
    const into = this.rows.chunk(row)
    const to = this.rows.offset(row)
    const from = transition * ROW
    this.put(into, to, space.rows[from + ACTOR] as number, space.rows[from + SELF] as number)
    const list = space.rows[from + PEERS] as number
    const peers = 2 * (space.peers[list] as number)
    for (let k = 1; k < peers; k += 2) {
      const peer = space.peers[list + k] as number
      const delivery = space.peers[list + k + 1] as number
      const after = space.deliver(delivery, transition, into[to + peer] as number)
      this.put(into, to, peer, after)
    }
    const seen = space.rows[from + SEEN] as number
    if (seen !== 0) this.observe(into, to, seen)
  }

  /** The same for a cut; -1 where the line cannot be cut. */
  tryCut(chunk: Int32Array, at: number, link: number): number {
    const { space } = this
    const { fromIndex, toIndex } = space.system.links[link] as {
      fromIndex: number
      toIndex: number
    }
    const a = space.cut(link, fromIndex, chunk[at + fromIndex] as number)
    if (a < 0) return -1
    const b = space.cut(link, toIndex, chunk[at + toIndex] as number)
    if (b < 0) return -1
    this.transitions++
    const next = this.copy(chunk, at)
    const into = this.rows.chunk(next)
    const to = this.rows.offset(next)
    this.put(into, to, fromIndex, a)
    this.put(into, to, toIndex, b)
    return next
  }

  private copy(chunk: Int32Array, at: number): number {
    const next = this.rows.add()
    const into = this.rows.chunk(next)
    const to = this.rows.offset(next)
    const { width } = this.places
    for (let i = 0; i < width; i++) into[to + i] = chunk[at + i] as number
    return next
  }

  private put(into: Int32Array, to: number, slot: number, value: number): void {
    const was = into[to + slot] as number
    if (was === value) return
    const { high, low } = this.space.components[slot] as { high: Int32Array; low: Int32Array }
    const { places } = this
    into[to + slot] = value
    into[to + places.high] =
      (into[to + places.high] as number) + (high[value] as number) - (high[was] as number)
    into[to + places.low] =
      (into[to + places.low] as number) + (low[value] as number) - (low[was] as number)
  }

  private observe(into: Int32Array, to: number, seen: number): void {
    const { places, watched } = this
    const was = into[to + places.acc] as number
    const acc = watched.after(was, seen)
    if (acc === was) return
    const { high, low } = watched
    into[to + places.acc] = acc
    into[to + places.high] =
      (into[to + places.high] as number) + (high[acc] as number) - (high[was] as number)
    into[to + places.low] =
      (into[to + places.low] as number) + (low[acc] as number) - (low[was] as number)
  }

  /** Pays for the row after the last; false when this misfortune is not to be had. */
  pay(row: number, cost: number): boolean {
    const { places, purse } = this
    const chunk = this.rows.chunk(row)
    const at = this.rows.offset(row)
    const was = chunk[at + places.spent] as number
    const spent = purse.pay(was, this.space.costs[cost] as string)
    if (spent < 0) return false
    if (spent === was) return true
    const [highWas, lowWas] = this.hashOf(was)
    const [high, low] = this.hashOf(spent)
    chunk[at + places.spent] = spent
    chunk[at + places.high] = (chunk[at + places.high] as number) + high - highWas
    chunk[at + places.low] = (chunk[at + places.low] as number) + low - lowWas
    return true
  }

  private hashOf(spent: number): readonly [number, number] {
    this.spentHashes[spent] ??= spentHash(spent)
    return this.spentHashes[spent]
  }

  /** Adds the row after the last for good, unless its state was met before; then the row is given back. */
  keep(row: number, parent: number, name: number): boolean {
    const { places } = this
    const chunk = this.rows.chunk(row)
    const at = this.rows.offset(row)
    const high = chunk[at + places.high] as number
    const low = chunk[at + places.low] as number
    if (this.isBelow(chunk, at, high, low) || !this.seen.add(high, low, row)) {
      this.drop(row)
      return false
    }
    const way = this.ways.add()
    const ways = this.ways.chunk(way)
    ways[this.ways.offset(way)] = parent
    ways[this.ways.offset(way) + 1] = name
    return true
  }

  drop(row: number): void {
    this.rows.count = row
  }

  /** Whether the same was met before by somebody who had spent less. */
  private isBelow(chunk: Int32Array, at: number, high: number, low: number): boolean {
    const spent = chunk[at + this.places.spent] as number
    if (spent === 0) return false
    const [highOwn, lowOwn] = this.hashOf(spent)
    for (const less of this.purse.below(spent)) {
      const [a, b] = this.hashOf(less)
      if (this.seen.has((high - highOwn + a) | 0, (low - lowOwn + b) | 0)) return true
    }
    return false
  }

  costOf(transition: number): number {
    return this.space.rows[transition * ROW + COST] as number
  }

  accOf(row: number): number {
    return this.rows.chunk(row)[this.rows.offset(row) + this.places.acc] as number
  }

  /** Names of the steps to this row, from the start or from where else its way begins. */
  wayTo(row: number): number[] {
    const names: number[] = []
    for (let at = row; ; ) {
      const chunk = this.ways.chunk(at)
      const parent = chunk[this.ways.offset(at)] as number
      if (parent < 0) return names.reverse()
      names.push(chunk[this.ways.offset(at) + 1] as number)
      at = parent
    }
  }

  /** What stands for a parent where the way to this row begins: -1 for the start. */
  beginningOf(row: number): number {
    for (let at = row; ; ) {
      const parent = this.ways.chunk(at)[this.ways.offset(at)] as number
      if (parent < 0) return parent
      at = parent
    }
  }
}
