// A search shared by several workers. Each state belongs to one of them (owner.ts); who finds a state
// that is another's sends it over. The numbers of components differ from worker to worker, so a component is
// told once, as data, before its number is used. All go from depth to depth together: the answer is the same
// as one worker's.
import type { Action, Json } from '../engine/types.ts'
import type { Watch } from '../engine/watch.ts'
import { Eager } from './eager.ts'
import { grown, type Ints } from './growing.ts'
import { type Layer, LevelSearch, NO_LAYER } from './levels.ts'
import { type Owner, ownerOf } from './owner.ts'
import { purseOf } from './purse.ts'
import { States } from './reach.ts'
import { Fingerprints } from './seen.ts'
import type { Space } from './space.ts'
import { Watched } from './watched.ts'

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
class Outbox {
  private rows: Ints = new Int32Array(1 << 10)
  private count = 0
  private told: Told[] = []
  /** Per slot, per number: 1 when the other has been told of it. */
  private readonly known: Ints[] = []
  /** Whatever was sent, so that no state is sent twice. */
  private readonly sent = new Fingerprints()

  wasSent(high: number, low: number): boolean {
    return !this.sent.add(high, low)
  }

  knows(slot: number, id: number): boolean {
    return this.known[slot]?.[id] === 1
  }

  tell(slot: number, id: number, what: unknown): void {
    const known = grown(this.known[slot] ?? new Int32Array(16), id + 1)
    known[id] = 1
    this.known[slot] = known
    this.told.push([slot, id, what])
  }

  add(chunk: Int32Array, at: number, width: number, parent: number, name: number): void {
    const begin = this.count * (width + 2)
    this.rows = grown(this.rows, begin + width + 2)
    for (let i = 0; i < width; i++) this.rows[begin + i] = chunk[at + i] as number
    this.rows[begin + width] = parent
    this.rows[begin + width + 1] = name
    this.count++
  }

  parcel(from: number, to: number): Parcel {
    const { count, told, rows } = this
    this.rows = new Int32Array(1 << 10)
    this.count = 0
    this.told = []
    return { from, to, count, told, rows: rows.buffer }
  }
}

/** One worker's share of a search. */
class Member {
  private readonly states: States
  private readonly search: LevelSearch
  private readonly eager: readonly [always: Eager | null, inPeace: Eager | null]
  private readonly boxes: readonly Outbox[]
  private readonly levels: Layer[][] = []
  /** Per sender, per slot: own numbers by the sender's. */
  private readonly numbers: Int32Array[][]
  private readonly elsewhere: Elsewhere[] = []
  private readonly me: number
  private readonly maxBytes: number
  private broken = -1
  private full = false
  private at = { level: 0, depth: -1 }

  constructor(space: Space, watch: Watch, me: number, members: number, order: SplitOrder) {
    this.me = me
    this.maxBytes = order.maxMb * 1_048_576
    const watched = new Watched(watch, space)
    this.states = new States(space, watched, purseOf(order.kinds), () => new Fingerprints())
    const isFull = () => this.full || this.states.count >= order.maxStates
    const owner = ownerOf(space, watched, order.kinds, members)
    this.search = new LevelSearch(this.states, {
      isFull,
      onRest: undefined,
      elsewhere: (next, from, name) => this.send(next, from, name, owner),
    })
    const { reduced } = order
    this.eager = reduced ? [new Eager(space, false), new Eager(space, true)] : [null, null]
    this.boxes = Array.from({ length: members }, () => new Outbox())
    this.numbers = Array.from({ length: members }, () => [])
    this.states.begin()
    // Every worker knows the first state, but one alone goes on from it.
    const isMine = owner(this.states.rows.chunk(0), 0) === me
    this.levels[0] = [{ first: 0, count: isMine ? 1 : 0 }]
  }

  private send(next: number, from: number, name: number, ownerOf: Owner): boolean {
    const { states } = this
    const { places, rows, space, watched } = states
    const chunk = rows.chunk(next)
    const at = rows.offset(next)
    const owner = ownerOf(chunk, at)
    if (owner === this.me) return false
    const box = this.boxes[owner] as Outbox
    if (!box.wasSent(chunk[at + places.high] as number, chunk[at + places.low] as number)) {
      for (let slot = 0; slot < places.acc; slot++) {
        const id = chunk[at + slot] as number
        if (!box.knows(slot, id)) box.tell(slot, id, space.components[slot]?.export(id))
      }
      const acc = chunk[at + places.acc] as number
      if (!box.knows(places.acc, acc)) box.tell(places.acc, acc, watched.export(acc))
      box.add(chunk, at, places.width, from, name)
    }
    states.drop(next)
    return true
  }

  expand(level: number, depth: number, last: boolean): Report {
    const own = this.levels[level]?.[depth] ?? NO_LAYER
    const lower = this.levels[level - 1]?.[depth] ?? NO_LAYER
    this.levels[level] ??= []
    this.at = { level, depth }
    const layer = { first: this.states.count, count: 0 }
    ;(this.levels[level] as Layer[])[depth + 1] = layer
    this.search.breach = null
    const eager = this.eager[last ? 1 : 0] ?? null
    const run = this.search.expand(own, lower, depth, { faults: level, eager })
    let next = run.next()
    while (next.done !== true) {
      this.full ||= this.states.bytes > this.maxBytes
      next = run.next()
    }
    const { breach } = this.search as { breach: LevelSearch['breach'] }
    const parcels = this.boxes.flatMap((box, to) =>
      to === this.me ? [] : [box.parcel(this.me, to)],
    )
    this.broken = breach !== null && !breach.atRest ? this.states.count - 1 : -1
    const { count } = this.states
    const atRest = breach?.atRest === true ? breach.row : -1
    return { did: 'expand', parcels, states: count, full: next.value, broken: atRest }
  }

  private import(parcel: Parcel): void {
    const { space, watched, places } = this.states
    const numbers = this.numbers[parcel.from] as Int32Array[]
    for (const [slot, id, what] of parcel.told) {
      const own =
        slot === places.acc
          ? watched.import(what)
          : (space.components[slot] as Space['components'][0]).import(what as Json)
      const known = grown((numbers[slot] ?? new Int32Array(16)) as Ints, id + 1)
      known[id] = own
      numbers[slot] = known
    }
  }

  take(parcels: readonly Parcel[]): Report {
    for (const parcel of parcels) {
      this.import(parcel)
      this.unpack(parcel)
    }
    const layer = this.levels[this.at.level]?.[this.at.depth + 1] as Layer
    layer.count = this.states.count - layer.first
    const { count: states, transitions } = this.states
    return { did: 'take', count: layer.count, states, transitions, broken: this.broken }
  }

  private unpack(parcel: Parcel): void {
    const { states } = this
    const { places, rows, watched } = states
    const { width } = places
    const numbers = this.numbers[parcel.from] as Int32Array[]
    const from = new Int32Array(parcel.rows)
    for (let i = 0; i < parcel.count; i++) {
      const begin = i * (width + 2)
      const next = rows.add()
      const chunk = rows.chunk(next)
      const at = rows.offset(next)
      for (let slot = 0; slot < places.spent; slot++) {
        chunk[at + slot] = (numbers[slot] as Int32Array)[from[begin + slot] as number] as number
      }
      for (let slot = places.spent; slot < width; slot++) {
        chunk[at + slot] = from[begin + slot] as number
      }
      const row = from[begin + width] as number
      const name = from[begin + width + 1] as number
      if (!states.keep(next, -2 - this.elsewhere.length, 0)) continue
      this.elsewhere.push({ member: parcel.from, row, name })
      if (watched.broken(chunk[at + places.acc] as number)) this.broken = next
    }
  }

  way(row: number, name: number | null): Report {
    const { states } = this
    const names = [...states.wayTo(row), ...(name === null ? [] : [name])]
    const beginning = states.beginningOf(row)
    const from = beginning === -1 ? null : (this.elsewhere[-2 - beginning] as Elsewhere)
    return { did: 'way', script: names.map((each) => states.space.actionOf(each)), from }
  }
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
      member = new Member(space, watch, order.member, order.members, order.order)
      port.post({ did: 'begin' } satisfies Report, [])
      return
    }
    if (member === null) throw new Error('a shared search has to begin first')
    const report =
      order.do === 'expand'
        ? member.expand(order.level, order.depth, order.last)
        : order.do === 'take'
          ? member.take(order.parcels)
          : member.way(order.row, order.name)
    const transfer = report.did === 'expand' ? report.parcels.map((each) => each.rows) : []
    port.post(report, transfer)
  })
}
