// The search by levels: all that can happen with no misfortune, then with one, then with two, … A level takes
// up the states of the level before it in the order of their depth, so that the first breach has the fewest
// misfortunes and among those the fewest steps (exploration.md 3.1).
import { claimedChoice, type Eager, LONGEST, movesOf, onlyStep } from './eager.ts'
import { chunkOf, offsetOf, releaseRows } from './growing.ts'
import { CUT } from './misfortune.ts'
import {
  advance,
  beginAt,
  costOfStep,
  dropRow,
  keepRow,
  payFor,
  type States,
  tryCut,
  tryStep,
} from './reach.ts'
import { cutName } from './space.ts'
import { isBroken, isBrokenAtRest, isDecided } from './watched.ts'

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
  /** Steps from the row to the rest at which something is lost, where it was found before. */
  readonly settling?: readonly number[]
}
export const FULL = 'full'
export type Ended = Breach | typeof FULL | null

export interface Bounded {
  readonly isFull: () => boolean
  /** Told of each state at rest: its fingerprint. */
  readonly onRest: ((high: number, low: number) => void) | undefined
  /** Looks for a loss in a row, to which a misfortune led or not: the steps to the rest at which it shows (settling.ts). */
  readonly lostFrom?: (row: number, suffered: boolean) => readonly number[] | null
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
/** So many rows are done before the search asks whether to go on: a page has 12 ms for them, on a slow machine too. */
const AT_ONCE = 256
/** Where losses are looked for, a row may cost hundreds of steps. */
const AT_ONCE_LOOKING = 4

export interface LevelSearch {
  readonly states: States
  readonly bounded: Bounded
  readonly links: readonly number[]
  breach: Breach | null
}

export function levelSearch(states: States, bounded: Bounded): LevelSearch {
  const { space, purse } = states
  const links = space.system.links.flatMap(({ mode, index }) =>
    mode === 'connection' && purse.kinds.includes(CUT) ? [index] : [],
  )
  return { states, bounded, links, breach: null }
}

/**
 * One level: what the level before gives with one more misfortune, and all that follows from it. The first begins
 * where the space does, or at the one state that is there already.
 */
export function* searchLevel(
  self: LevelSearch,
  before: Level | null,
  options: LevelOptions,
): Generator<Progress, [Ended, Level]> {
  const { states } = self
  const layers: Layer[] = []
  self.breach = null
  if (before === null) {
    if (states.rows.count === 0) beginAt(states)
    layers.push({ first: 0, count: 1 })
  }
  for (let depth = layers.length; ; depth++) {
    const into: Layer = { first: states.rows.count, count: 0 }
    const own = layers[depth - 1] ?? NO_LAYER
    const lower = before?.[depth - 1] ?? NO_LAYER
    const full = yield* expandLayer(self, own, lower, depth - 1, options)
    into.count = states.rows.count - into.first
    layers.push(into)
    if (self.breach !== null) return [self.breach, layers]
    if (full) return [FULL, layers]
    if (options.release) releaseRows(states.rows, own.first, own.count)
    if (into.count === 0 && depth >= (before?.length ?? 0)) return [null, layers]
  }
}

/** Everything one step beyond a layer, and one misfortune beyond the same depth of the level before. */
export function* expandLayer(
  self: LevelSearch,
  own: Layer,
  lower: Layer,
  depth: number,
  { faults, eager }: Pick<LevelOptions, 'faults' | 'eager'>,
): Generator<Progress, boolean> {
  const { states, bounded } = self
  const atOnce = bounded.lostFrom === undefined ? AT_ONCE : AT_ONCE_LOOKING
  for (let done = 0; done < own.count; done += atOnce) {
    const count = Math.min(atOnce, own.count - done)
    const full = follow(self, own.first + done, count, depth, eager)
    yield { faults, depth: depth + 1, states: states.rows.count }
    if (full || bounded.isFull()) return true
  }
  for (let done = 0; done < lower.count && self.breach === null; done += atOnce) {
    const count = Math.min(atOnce, lower.count - done)
    const full = suffer(self, lower.first + done, count, depth, eager)
    yield { faults, depth: depth + 1, states: states.rows.count }
    if (full || bounded.isFull()) return true
  }
  return false
}

/** Takes every ordinary step out of these rows, and judges those that are at rest. */
function follow(
  self: LevelSearch,
  first: number,
  count: number,
  depth: number,
  eager: Eager | null,
): boolean {
  const { states, bounded } = self
  const { space, places } = states
  const actors = space.start.length
  for (let row = first; row < first + count; row++) {
    const chunk = chunkOf(states.rows, row)
    const at = offsetOf(states.rows, row)
    const choice = eager === null ? null : claimedChoice(eager, chunk, at)
    if (choice !== null) {
      for (const transition of choice) take(self, row, chunk, at, transition, depth, eager)
    } else {
      let moves = 0
      for (let actor = 0; actor < actors; actor++) {
        const list = movesOf(space, actor, chunk[at + actor] as number)
        const ordinary = space.list[list] as number
        moves += ordinary
        if (self.breach !== null) continue
        for (let k = 0; k < ordinary; k++) {
          take(self, row, chunk, at, space.list[list + 2 + k] as number, depth, eager)
        }
      }
      if (moves === 0) {
        bounded.onRest?.(chunk[at + places.high] as number, chunk[at + places.low] as number)
        // Rest is a breach one step shorter than anything met on the way out of this layer.
        if (isBrokenAtRest(states.watched, chunk[at + places.acc] as number)) {
          self.breach = { row, name: -1, depth, atRest: true }
          return false
        }
      }
    }
    if (self.breach === null && bounded.isFull()) return true
  }
  return false
}

/** Takes one step, up to the first breach of all. */
function take(
  self: LevelSearch,
  row: number,
  chunk: Int32Array,
  at: number,
  transition: number,
  depth: number,
  eager: Eager | null,
): void {
  if (self.breach !== null || self.bounded.isFull()) return
  land(self, tryStep(self.states, chunk, at, transition), row, transition, depth, eager, false)
}

function land(
  self: LevelSearch,
  next: number,
  row: number,
  name: number,
  depth: number,
  eager: Eager | null,
  suffered: boolean,
): void {
  const { states } = self
  if (eager !== null) runOn(self, next, eager)
  const { places } = states
  const acc = chunkOf(states.rows, next)[offsetOf(states.rows, next) + places.acc] as number
  if (isDecided(states.watched, acc)) {
    dropRow(states, next)
    return
  }
  if (self.bounded.elsewhere?.(next, row, name) === true) return
  if (!keepRow(states, next, row, name)) return
  if (isBroken(states.watched, acc)) self.breach = { row, name, depth: depth + 1, atRest: false }
  else if (self.breach === null) {
    const settling = self.bounded.lostFrom?.(next, suffered) ?? null
    if (settling !== null)
      self.breach = { row: next, name: -1, depth: depth + 1, atRest: true, settling }
  }
}

/** Runs through the claimed choices that leave no choice. */
function runOn(self: LevelSearch, row: number, eager: Eager): void {
  const { states } = self
  const chunk = chunkOf(states.rows, row)
  const at = offsetOf(states.rows, row)
  for (let steps = 0; steps < LONGEST; steps++) {
    const transition = onlyStep(eager, chunk, at)
    if (transition < 0) return
    advance(states, row, transition)
  }
}

/** Takes every misfortune out of these rows. */
function suffer(
  self: LevelSearch,
  first: number,
  count: number,
  depth: number,
  eager: Eager | null,
): boolean {
  const { states, bounded } = self
  const { space } = states
  const actors = space.start.length
  for (let row = first; row < first + count; row++) {
    const chunk = chunkOf(states.rows, row)
    const at = offsetOf(states.rows, row)
    for (let actor = 0; actor < actors; actor++) {
      const list = movesOf(space, actor, chunk[at + actor] as number)
      const ordinary = space.list[list] as number
      const costly = space.list[list + 1] as number
      for (let k = 0; k < costly; k++) {
        const transition = space.list[list + 2 + ordinary + k] as number
        const next = tryStep(states, chunk, at, transition)
        if (!payFor(states, next, costOfStep(states, transition))) dropRow(states, next)
        else land(self, next, row, transition, depth, eager, true)
        if (self.breach !== null) return false
        if (bounded.isFull()) return true
      }
    }
    for (const link of self.links) {
      const next = tryCut(states, chunk, at, link)
      if (next < 0) continue
      if (!payFor(states, next, CUT_COST)) dropRow(states, next)
      else land(self, next, row, cutName(link), depth, eager, true)
      if (self.breach !== null) return false
      if (bounded.isFull()) return true
    }
  }
  return false
}

/** The first misfortune that every space knows (see `spaceOf`). */
const CUT_COST = 1
