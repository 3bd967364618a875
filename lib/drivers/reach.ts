// One step of a search: from a state that stands in a row, by one transition or cut, to the row of the state
// behind it. This is the innermost loop of every search; all in it are integers.
import { type Arena, addRow, arena, chunkOf, offsetOf } from './growing.ts'
import { type Purse, spentHash } from './purse.ts'
import { fingerprints, type Seen } from './seen.ts'
import { ACTOR, COST, cutAt, deliver, PEERS, ROW, SEEN, SELF, type Space } from './space.ts'
import { accAfter, type Watched } from './watched.ts'

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
export interface States {
  readonly space: Space
  readonly watched: Watched
  readonly purse: Purse
  readonly places: Places
  readonly rows: Arena
  /** Two numbers a state: its parent's row (-1 at the start), and the name of the step from there. */
  readonly ways: Arena
  readonly seen: Seen
  /** How many transitions were taken, chains and ways to states met before included. */
  transitions: number
  readonly spentHashes: (readonly [number, number])[]
}

export function statesOf(
  space: Space,
  watched: Watched,
  purse: Purse,
  seenOf: (rows: Arena) => Seen = fingerprints,
): States {
  const places = placesOf(space)
  const rows = arena(places.width)
  const more = { ways: arena(2), seen: seenOf(rows), transitions: 0, spentHashes: [] }
  return { space, watched, purse, places, rows, ...more }
}

export function bytesOf(self: States): number {
  return self.rows.bytes + self.ways.bytes + self.seen.bytes()
}

/** Adds the state that everything begins with. */
export function beginAt(self: States): void {
  const { space, watched, places } = self
  const row = addRow(self.rows)
  const chunk = chunkOf(self.rows, row)
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
  keepRow(self, row, -1, 0)
}

/** Adds a state of another search, with no way to it. */
export function addState(self: States, chunk: Int32Array, at: number): void {
  keepRow(self, copyRow(self, chunk, at), -1, 0)
}

/** Makes the state behind a transition stand in the row after the last. It is not added yet. */
export function tryStep(self: States, chunk: Int32Array, at: number, transition: number): number {
  const next = copyRow(self, chunk, at)
  advance(self, next, transition)
  return next
}

/** Lets a transition happen in the row after the last. */
export function advance(self: States, row: number, transition: number): void {
  const { space } = self
  self.transitions++
  const into = chunkOf(self.rows, row)
  const to = offsetOf(self.rows, row)
  const from = transition * ROW
  put(self, into, to, space.rows[from + ACTOR] as number, space.rows[from + SELF] as number)
  const list = space.rows[from + PEERS] as number
  const peers = 2 * (space.peers[list] as number)
  for (let k = 1; k < peers; k += 2) {
    const peer = space.peers[list + k] as number
    const delivery = space.peers[list + k + 1] as number
    const after = deliver(space, delivery, transition, into[to + peer] as number)
    put(self, into, to, peer, after)
  }
  const seen = space.rows[from + SEEN] as number
  if (seen !== 0) observe(self, into, to, seen)
}

/** The same for a cut; -1 where the line cannot be cut. */
export function tryCut(self: States, chunk: Int32Array, at: number, link: number): number {
  const { space } = self
  const { fromIndex, toIndex } = space.system.links[link] as {
    fromIndex: number
    toIndex: number
  }
  const a = cutAt(space, link, fromIndex, chunk[at + fromIndex] as number)
  if (a < 0) return -1
  const b = cutAt(space, link, toIndex, chunk[at + toIndex] as number)
  if (b < 0) return -1
  self.transitions++
  const next = copyRow(self, chunk, at)
  const into = chunkOf(self.rows, next)
  const to = offsetOf(self.rows, next)
  put(self, into, to, fromIndex, a)
  put(self, into, to, toIndex, b)
  return next
}

/** The same state in the row after the last. It is not added. */
export function copyRow(self: States, chunk: Int32Array, at: number): number {
  const next = addRow(self.rows)
  const into = chunkOf(self.rows, next)
  const to = offsetOf(self.rows, next)
  const { width } = self.places
  for (let i = 0; i < width; i++) into[to + i] = chunk[at + i] as number
  return next
}

function put(self: States, into: Int32Array, to: number, slot: number, value: number): void {
  const was = into[to + slot] as number
  if (was === value) return
  const { high, low } = self.space.components[slot] as { high: Int32Array; low: Int32Array }
  const { places } = self
  into[to + slot] = value
  into[to + places.high] =
    (into[to + places.high] as number) + (high[value] as number) - (high[was] as number)
  into[to + places.low] =
    (into[to + places.low] as number) + (low[value] as number) - (low[was] as number)
}

function observe(self: States, into: Int32Array, to: number, seen: number): void {
  const { places, watched } = self
  const was = into[to + places.acc] as number
  const acc = accAfter(watched, was, seen)
  if (acc === was) return
  const { high, low } = watched
  into[to + places.acc] = acc
  into[to + places.high] =
    (into[to + places.high] as number) + (high[acc] as number) - (high[was] as number)
  into[to + places.low] =
    (into[to + places.low] as number) + (low[acc] as number) - (low[was] as number)
}

/** Pays for the row after the last; false when this misfortune is not to be had. */
export function payFor(self: States, row: number, cost: number): boolean {
  const { places, purse } = self
  const chunk = chunkOf(self.rows, row)
  const at = offsetOf(self.rows, row)
  const was = chunk[at + places.spent] as number
  const spent = purse.pay(was, self.space.costs[cost] as string)
  if (spent < 0) return false
  if (spent === was) return true
  const [highWas, lowWas] = hashOf(self, was)
  const [high, low] = hashOf(self, spent)
  chunk[at + places.spent] = spent
  chunk[at + places.high] = (chunk[at + places.high] as number) + high - highWas
  chunk[at + places.low] = (chunk[at + places.low] as number) + low - lowWas
  return true
}

function hashOf(self: States, spent: number): readonly [number, number] {
  self.spentHashes[spent] ??= spentHash(spent)
  return self.spentHashes[spent]
}

/** Adds the row after the last for good, unless its state was met before; then the row is given back. */
export function keepRow(self: States, row: number, parent: number, name: number): boolean {
  const { places } = self
  const chunk = chunkOf(self.rows, row)
  const at = offsetOf(self.rows, row)
  const high = chunk[at + places.high] as number
  const low = chunk[at + places.low] as number
  if (isBelow(self, chunk, at, high, low) || !self.seen.add(high, low, row)) {
    dropRow(self, row)
    return false
  }
  const way = addRow(self.ways)
  const ways = chunkOf(self.ways, way)
  ways[offsetOf(self.ways, way)] = parent
  ways[offsetOf(self.ways, way) + 1] = name
  return true
}

export function dropRow(self: States, row: number): void {
  self.rows.count = row
}

/** Whether the same was met before by somebody who had spent less. */
function isBelow(self: States, chunk: Int32Array, at: number, high: number, low: number): boolean {
  const spent = chunk[at + self.places.spent] as number
  if (spent === 0) return false
  const [highOwn, lowOwn] = hashOf(self, spent)
  for (const less of self.purse.below(spent)) {
    const [a, b] = hashOf(self, less)
    if (self.seen.has((high - highOwn + a) | 0, (low - lowOwn + b) | 0)) return true
  }
  return false
}

export function costOfStep(self: States, transition: number): number {
  return self.space.rows[transition * ROW + COST] as number
}

export function accOf(self: States, row: number): number {
  return chunkOf(self.rows, row)[offsetOf(self.rows, row) + self.places.acc] as number
}

/** Names of the steps to this row, from the start or from where else its way begins. */
export function wayTo(self: States, row: number): number[] {
  const names: number[] = []
  for (let at = row; ; ) {
    const chunk = chunkOf(self.ways, at)
    const parent = chunk[offsetOf(self.ways, at)] as number
    if (parent < 0) return names.reverse()
    names.push(chunk[offsetOf(self.ways, at) + 1] as number)
    at = parent
  }
}

/** What stands for a parent where the way to this row begins: -1 for the start. */
export function beginningOf(self: States, row: number): number {
  for (let at = row; ; ) {
    const parent = chunkOf(self.ways, at)[offsetOf(self.ways, at)] as number
    if (parent < 0) return parent
    at = parent
  }
}
