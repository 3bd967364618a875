// The search by levels: all that can happen with no misfortune, then with one, then with two, … A level takes
// up the states of the level before it in the order of their depth, so that the first breach has the fewest
// misfortunes and among those the fewest steps (exploration.md 3.1).
import { type Eager, movesOf } from './eager.ts'
import type { States } from './reach.ts'
import { cutName } from './space.ts'

/** The states of one depth of one level: rows from `first` on. */
export interface Layer {
  readonly first: number
  count: number
}
export type Level = readonly Layer[]

/** Where a search stands. */
export interface Progress {
  readonly faults: number
  readonly depth: number
  readonly states: number
}

export interface Breach {
  readonly depth: number
  readonly atRest: boolean
  /** A row that is broken at rest, or one from which the step `name` leads to a breach. */
  readonly row: number
  readonly name: number
}
export const FULL = 'full'
export type Ended = Breach | typeof FULL | null

export interface Bounded {
  readonly isFull: () => boolean
  /** Told of each state at rest: its fingerprint. */
  readonly onRest: ((high: number, low: number) => void) | undefined
  /** For a search that is shared: true when this state, in the row after the last, is somebody else's to keep. */
  readonly elsewhere?: (next: number, from: number, name: number) => boolean
}

export interface LevelOptions {
  /** Misfortunes so far; only for telling where the search stands. */
  readonly faults: number
  /** Take claimed choices at once, and keep only where they end. */
  readonly eager: Eager | null
  /** Whether the level's own rows are let go of when they are done with. */
  readonly release: boolean
}

export const NO_LAYER: Layer = { first: 0, count: 0 }
/** So many rows are done before the search asks whether to go on. */
const AT_ONCE = 2048

export class LevelSearch {
  readonly states: States
  private readonly bounded: Bounded
  private readonly links: readonly number[]
  breach: Breach | null = null

  constructor(states: States, bounded: Bounded) {
    this.states = states
    this.bounded = bounded
    this.links = states.space.system.links.flatMap((link) =>
      link.mode === 'connection' ? [link.index] : [],
    )
  }

  /** One level: what the level before gives with one more misfortune, and all that follows from it. */
  *level(before: Level | null, options: LevelOptions): Generator<Progress, [Ended, Level]> {
    const { states } = this
    const layers: Layer[] = []
    this.breach = null
    if (before === null) {
      states.begin()
      layers.push({ first: 0, count: 1 })
    }
    for (let depth = layers.length; ; depth++) {
      const into: Layer = { first: states.count, count: 0 }
      const own = layers[depth - 1] ?? NO_LAYER
      const lower = before?.[depth - 1] ?? NO_LAYER
      const full = yield* this.expand(own, lower, depth - 1, options)
      into.count = states.count - into.first
      layers.push(into)
      if (this.breach !== null) return [this.breach, layers]
      if (full) return [FULL, layers]
      if (options.release) states.rows.release(own.first, own.count)
      if (into.count === 0 && depth >= (before?.length ?? 0)) return [null, layers]
    }
  }

  /** Everything one step beyond a layer, and one misfortune beyond the same depth of the level before. */
  *expand(
    own: Layer,
    lower: Layer,
    depth: number,
    { faults, eager }: Pick<LevelOptions, 'faults' | 'eager'>,
  ): Generator<Progress, boolean> {
    const { states, bounded } = this
    for (let done = 0; done < own.count; done += AT_ONCE) {
      const count = Math.min(AT_ONCE, own.count - done)
      const full = this.follow(own.first + done, count, depth, eager)
      yield { faults, depth: depth + 1, states: states.count }
      if (full || bounded.isFull()) return true
    }
    for (let done = 0; done < lower.count && this.breach === null; done += AT_ONCE) {
      const count = Math.min(AT_ONCE, lower.count - done)
      const full = this.suffer(lower.first + done, count, depth, eager)
      yield { faults, depth: depth + 1, states: states.count }
      if (full || bounded.isFull()) return true
    }
    return false
  }

  /** Takes every ordinary step out of these rows, and judges those that are at rest. */
  private follow(first: number, count: number, depth: number, eager: Eager | null): boolean {
    const { states, bounded } = this
    const { space, places } = states
    const actors = space.start.length
    for (let row = first; row < first + count; row++) {
      const chunk = states.rows.chunk(row)
      const at = states.rows.offset(row)
      const choice = eager === null ? null : eager.choice(chunk, at)
      if (choice !== null) {
        for (const transition of choice) this.take(row, chunk, at, transition, depth, eager)
      } else {
        let moves = 0
        for (let actor = 0; actor < actors; actor++) {
          const list = movesOf(space, actor, chunk[at + actor] as number)
          const ordinary = space.list[list] as number
          moves += ordinary
          if (this.breach !== null) continue
          for (let k = 0; k < ordinary; k++) {
            this.take(row, chunk, at, space.list[list + 2 + k] as number, depth, eager)
          }
        }
        if (moves === 0) {
          bounded.onRest?.(chunk[at + places.high] as number, chunk[at + places.low] as number)
          // Rest is a breach one step shorter than anything met on the way out of this layer.
          if (states.watched.brokenAtRest(chunk[at + places.acc] as number)) {
            this.breach = { row, name: -1, depth, atRest: true }
            return false
          }
        }
      }
      if (this.breach === null && bounded.isFull()) return true
    }
    return false
  }

  /** Takes one step, up to the first breach of all. */
  private take(
    row: number,
    chunk: Int32Array,
    at: number,
    transition: number,
    depth: number,
    eager: Eager | null,
  ): void {
    if (this.breach !== null || this.bounded.isFull()) return
    this.land(this.states.tryStep(chunk, at, transition), row, transition, depth, eager)
  }

  private land(next: number, row: number, name: number, depth: number, eager: Eager | null): void {
    const { states } = this
    if (eager !== null) this.runOn(next, eager)
    const { places } = states
    const acc = states.rows.chunk(next)[states.rows.offset(next) + places.acc] as number
    if (this.bounded.elsewhere?.(next, row, name) === true) return
    if (!states.keep(next, row, name)) return
    if (states.watched.broken(acc)) this.breach = { row, name, depth: depth + 1, atRest: false }
  }

  /** Runs through the claimed choices that leave no choice. */
  private runOn(row: number, eager: Eager): void {
    const { states } = this
    const chunk = states.rows.chunk(row)
    const at = states.rows.offset(row)
    for (let steps = 0; steps < eager.longest; steps++) {
      const transition = eager.next(chunk, at)
      if (transition < 0) return
      states.advance(row, transition)
    }
  }

  /** Takes every misfortune out of these rows. */
  private suffer(first: number, count: number, depth: number, eager: Eager | null): boolean {
    const { states, bounded } = this
    const { space } = states
    const actors = space.start.length
    for (let row = first; row < first + count; row++) {
      const chunk = states.rows.chunk(row)
      const at = states.rows.offset(row)
      for (let actor = 0; actor < actors; actor++) {
        const list = movesOf(space, actor, chunk[at + actor] as number)
        const ordinary = space.list[list] as number
        const costly = space.list[list + 1] as number
        for (let k = 0; k < costly; k++) {
          const transition = space.list[list + 2 + ordinary + k] as number
          const next = states.tryStep(chunk, at, transition)
          if (!states.pay(next, states.costOf(transition))) states.drop(next)
          else this.land(next, row, transition, depth, eager)
          if (this.breach !== null) return false
          if (bounded.isFull()) return true
        }
      }
      for (const link of this.links) {
        const next = states.tryCut(chunk, at, link)
        if (next < 0) continue
        if (!states.pay(next, CUT_COST)) states.drop(next)
        else this.land(next, row, cutName(link), depth, eager)
        if (this.breach !== null) return false
        if (bounded.isFull()) return true
      }
    }
    return false
  }
}

/** The first misfortune that every space knows (see `spaceOf`). */
const CUT_COST = 1
