// A search shared by several workers. Each state belongs to one of them (owner.ts); who finds a state
// that is another's sends it over. The numbers of components differ from worker to worker, so a component is
// told once, as data, before its number is used. All go from depth to depth together: the answer is the same
// as one worker's.

import type { Action, Json } from '../engine/types.ts'
import type { Watch } from '../engine/watch.ts'
import { type Components, hearComponent, tellComponent } from './components.ts'
import { type Eager, eagerIn } from './eager.ts'
import { addRow, chunkOf, grown, type Ints, offsetOf } from './growing.ts'
import { expandLayer, type Layer, type LevelSearch, levelSearch, NO_LAYER } from './levels.ts'
import { type Owner, ownerOf } from './owner.ts'
import { purseOf } from './purse.ts'
import {
  beginAt,
  beginningOf,
  bytesOf,
  dropRow,
  keepRow,
  type States,
  statesOf,
  wayTo,
} from './reach.ts'
import { fingerprints, type Seen } from './seen.ts'
import { namedAction, type Space } from './space.ts'
import { hearAcc, isBroken, tellAcc, watched } from './watched.ts'

/** The two ends of a line between threads; what is transferred is gone from the sender. */
export interface Port {
  readonly post: (message: unknown, transfer: ArrayBuffer[]) => void
  readonly listen: (hear: (message: never) => void) => void
}

/** A component or an accumulator that the receiver has not been told of: whose, its number there, what it is. */
export type Told = readonly [slot: number, id: number, what: unknown]

/** States for another worker: rows of its numbers, then parent and step. */
export interface Parcel {
  readonly to: number
  readonly from: number
  readonly rows: ArrayBuffer
  readonly count: number
  readonly told: readonly Told[]
}

/** Where a way goes on in another worker: its row there, and the step from it. */
export interface Elsewhere {
  readonly member: number
  readonly row: number
  readonly name: number
}

export type Begin = Extract<Order, { do: 'begin' }>

export type Order =
  | {
      readonly do: 'begin'
      readonly member: number
      readonly members: number
      readonly order: SplitOrder
    }
  | {
      readonly do: 'expand'
      readonly level: number
      readonly depth: number
      readonly last: boolean
    }
  | { readonly do: 'take'; readonly parcels: readonly Parcel[] }
  | { readonly do: 'way'; readonly row: number; readonly name: number | null }

export interface SplitOrder {
  readonly kinds: readonly string[]
  readonly maxStates: number
  readonly maxMb: number
  readonly reduced: boolean
}

export type Report =
  | { readonly did: 'begin' }
  | {
      readonly did: 'expand'
      readonly parcels: readonly Parcel[]
      readonly states: number
      readonly full: boolean
      /** A row that is broken at rest; -1 for none. */
      readonly broken: number
    }
  | {
      readonly did: 'take'
      /** States of the new layer, and a broken one among them; -1 for none. */
      readonly count: number
      readonly states: number
      readonly transitions: number
      readonly broken: number
    }
  | { readonly did: 'way'; readonly script: readonly Action[]; readonly from: Elsewhere | null }

/** What is to go to one other worker. */
interface Outbox {
  rows: Ints
  count: number
  told: Told[]
  /** Per slot, per number: 1 when the other has been told of it. */
  readonly known: Ints[]
  /** Whatever was sent, so that no state is sent twice. */
  readonly sent: Seen
}

function outbox(): Outbox {
  return { rows: new Int32Array(1 << 10), count: 0, told: [], known: [], sent: fingerprints() }
}

function wasSent(self: Outbox, high: number, low: number): boolean {
  return !self.sent.add(high, low, -1)
}

function knows(self: Outbox, slot: number, id: number): boolean {
  return self.known[slot]?.[id] === 1
}

function tell(self: Outbox, slot: number, id: number, what: unknown): void {
  const known = grown(self.known[slot] ?? new Int32Array(16), id + 1)
  known[id] = 1
  self.known[slot] = known
  self.told.push([slot, id, what])
}

function pack(
  self: Outbox,
  chunk: Int32Array,
  at: number,
  width: number,
  parent: number,
  name: number,
): void {
  const begin = self.count * (width + 2)
  self.rows = grown(self.rows, begin + width + 2)
  for (let i = 0; i < width; i++) self.rows[begin + i] = chunk[at + i] as number
  self.rows[begin + width] = parent
  self.rows[begin + width + 1] = name
  self.count++
}

function takeParcel(self: Outbox, from: number, to: number): Parcel {
  const { count, told, rows } = self
  self.rows = new Int32Array(1 << 10)
  self.count = 0
  self.told = []
  return { from, to, count, told, rows: rows.buffer }
}

/** One worker's share of a search. */
interface Member {
  readonly me: number
  readonly maxBytes: number
  readonly states: States
  readonly search: LevelSearch
  readonly eager: readonly [always: Eager | null, inPeace: Eager | null]
  readonly boxes: readonly Outbox[]
  readonly levels: Layer[][]
  /** Per sender, per slot: own numbers by the sender's. */
  readonly numbers: readonly Ints[][]
  readonly elsewhere: Elsewhere[]
  broken: number
  full: boolean
  at: { readonly level: number; readonly depth: number }
}

function memberOf(space: Space, watch: Watch, { member: me, members, order }: Begin): Member {
  const watching = watched(watch, space)
  const states = statesOf(space, watching, purseOf(order.kinds))
  const owner = ownerOf(space, watching, order.kinds, members)
  const eager = (inPeace: boolean) => eagerIn(space, watching, { inPeace, kinds: order.kinds })
  const self: Member = {
    me,
    maxBytes: order.maxMb * 1_048_576,
    states,
    search: levelSearch(states, {
      isFull: () => self.full || states.rows.count >= order.maxStates,
      onRest: undefined,
      elsewhere: (next, from, name) => sendAway(self, next, from, name, owner),
    }),
    eager: order.reduced ? [eager(false), eager(true)] : [null, null],
    boxes: Array.from({ length: members }, outbox),
    levels: [],
    numbers: Array.from({ length: members }, () => []),
    elsewhere: [],
    broken: -1,
    full: false,
    at: { level: 0, depth: -1 },
  }
  beginAt(states)
  // Every worker knows the first state, but one alone goes on from it.
  const isMine = owner(chunkOf(states.rows, 0), 0) === me
  self.levels[0] = [{ first: 0, count: isMine ? 1 : 0 }]
  return self
}

function sendAway(self: Member, next: number, from: number, name: number, ownerOf: Owner): boolean {
  const { states } = self
  const { places, rows, space, watched } = states
  const chunk = chunkOf(rows, next)
  const at = offsetOf(rows, next)
  const owner = ownerOf(chunk, at)
  if (owner === self.me) return false
  const box = self.boxes[owner] as Outbox
  if (!wasSent(box, chunk[at + places.high] as number, chunk[at + places.low] as number)) {
    for (let slot = 0; slot < places.acc; slot++) {
      const id = chunk[at + slot] as number
      if (!knows(box, slot, id))
        tell(box, slot, id, tellComponent(space.components[slot] as Components, id))
    }
    const acc = chunk[at + places.acc] as number
    if (!knows(box, places.acc, acc)) tell(box, places.acc, acc, tellAcc(watched, acc))
    pack(box, chunk, at, places.width, from, name)
  }
  dropRow(states, next)
  return true
}

function expandMember(self: Member, level: number, depth: number, last: boolean): Report {
  const own = self.levels[level]?.[depth] ?? NO_LAYER
  const lower = self.levels[level - 1]?.[depth] ?? NO_LAYER
  self.levels[level] ??= []
  self.at = { level, depth }
  const layer = { first: self.states.rows.count, count: 0 }
  ;(self.levels[level] as Layer[])[depth + 1] = layer
  self.search.breach = null
  const eager = self.eager[last ? 1 : 0] ?? null
  const run = expandLayer(self.search, own, lower, depth, { faults: level, eager })
  let next = run.next()
  while (next.done !== true) {
    self.full ||= bytesOf(self.states) > self.maxBytes
    next = run.next()
  }
  const { breach } = self.search as { breach: LevelSearch['breach'] }
  const parcels = self.boxes.flatMap((box, to) =>
    to === self.me ? [] : [takeParcel(box, self.me, to)],
  )
  self.broken = breach !== null && !breach.atRest ? self.states.rows.count - 1 : -1
  const { count } = self.states.rows
  const atRest = breach?.atRest === true ? breach.row : -1
  return { did: 'expand', parcels, states: count, full: next.value, broken: atRest }
}

function hearParcel(self: Member, parcel: Parcel): void {
  const { space, watched, places } = self.states
  const numbers = self.numbers[parcel.from] as Int32Array[]
  for (const [slot, id, what] of parcel.told) {
    const own =
      slot === places.acc
        ? hearAcc(watched, what)
        : hearComponent(space.components[slot] as Components, what as Json)
    const known = grown((numbers[slot] ?? new Int32Array(16)) as Ints, id + 1)
    known[id] = own
    numbers[slot] = known
  }
}

function takeParcels(self: Member, parcels: readonly Parcel[]): Report {
  for (const parcel of parcels) {
    hearParcel(self, parcel)
    unpack(self, parcel)
  }
  const layer = self.levels[self.at.level]?.[self.at.depth + 1] as Layer
  layer.count = self.states.rows.count - layer.first
  const { transitions, rows } = self.states
  return { did: 'take', count: layer.count, states: rows.count, transitions, broken: self.broken }
}

function unpack(self: Member, parcel: Parcel): void {
  const { states } = self
  const { places, rows, watched } = states
  const { width } = places
  const numbers = self.numbers[parcel.from] as Int32Array[]
  const from = new Int32Array(parcel.rows)
  for (let i = 0; i < parcel.count; i++) {
    const begin = i * (width + 2)
    const next = addRow(rows)
    const chunk = chunkOf(rows, next)
    const at = offsetOf(rows, next)
    for (let slot = 0; slot < places.spent; slot++) {
      chunk[at + slot] = (numbers[slot] as Int32Array)[from[begin + slot] as number] as number
    }
    for (let slot = places.spent; slot < width; slot++) {
      chunk[at + slot] = from[begin + slot] as number
    }
    const row = from[begin + width] as number
    const name = from[begin + width + 1] as number
    if (!keepRow(states, next, -2 - self.elsewhere.length, 0)) continue
    self.elsewhere.push({ member: parcel.from, row, name })
    if (isBroken(watched, chunk[at + places.acc] as number)) self.broken = next
  }
}

function wayOf(self: Member, row: number, name: number | null): Report {
  const { states } = self
  const names = [...wayTo(states, row), ...(name === null ? [] : [name])]
  const beginning = beginningOf(states, row)
  const from = beginning === -1 ? null : (self.elsewhere[-2 - beginning] as Elsewhere)
  return { did: 'way', script: names.map((each) => namedAction(states.space, each)), from }
}

/**
 * Takes part in a shared search: does what it is told through the port, and tells what came of it. What is no
 * order of a search (the next question) goes to `otherwise`.
 */
export function joinSplit(
  port: Port,
  space: Space,
  watch: Watch,
  otherwise: (message: never) => void = () => {},
): void {
  let member: Member | null = null
  port.listen((message) => {
    const order = message as Order
    if (order.do === undefined) {
      otherwise(message)
      return
    }
    if (order.do === 'begin') {
      member = memberOf(space, watch, order)
      port.post({ did: 'begin' } satisfies Report, [])
      return
    }
    if (member === null) throw new Error('a shared search has to begin first')
    const report =
      order.do === 'expand'
        ? expandMember(member, order.level, order.depth, order.last)
        : order.do === 'take'
          ? takeParcels(member, order.parcels)
          : wayOf(member, order.row, order.name)
    const transfer = report.did === 'expand' ? report.parcels.map((each) => each.rows) : []
    port.post(report, transfer)
  })
}
