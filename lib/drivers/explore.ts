// The exploring driver: all of them, breadth-first, with no misfortune, then one, then two, … The first
// breach it meets has the fewest misfortunes, and among those the fewest steps.
//
// The budget is no part of the state: whoever reached a state with fewer misfortunes can do all that
// somebody who needed more can do. A level takes up the states of the level before it in the order of
// their depth, so that steps are least too (exploration.md 3.1).
import type { System } from '../engine/compile.ts'
import type { Action } from '../engine/types.ts'
import type { Watch } from '../engine/watch.ts'
import { fingerprints, highOf, lowOf } from './fingerprints.ts'
import { misfortunesOf } from './misfortune.ts'
import { type Space, spaceOf, type Transition } from './space.ts'
import { type Watched, watched } from './watched.ts'

export interface Bounds {
  /** How many misfortunes at most, and of which kinds. */
  readonly faults: number
  readonly kinds: readonly string[]
  readonly maxStates: number
}

/** The contract's result object (architecture, "Contracts"). */
export interface Explored {
  readonly answer: 'counterexample' | 'holds within bounds' | 'not exhausted'
  readonly invariant: string
  readonly faults: number | null
  readonly steps: number | null
  readonly script: readonly Action[] | null
  readonly states: number
  readonly statesPerSecond: number
  readonly bounds: Bounds
  readonly ms: number
}

export interface ExploreOptions {
  /** Without `kinds`: every kind that can befall this system. */
  readonly bounds: Omit<Bounds, 'kinds'> & { readonly kinds?: readonly string[] }
  /** The caller's clock, in ms; the search itself knows no time. */
  readonly now: () => number
  /** Asked now and then; false stops the search, which is then not exhausted. */
  readonly goOn?: (states: number) => boolean
  /** A space of the same system that an earlier search has already filled. It says where to begin. */
  readonly space?: Space
  /** How to get to where the space begins; the answer's script then starts with it. */
  readonly prefix?: readonly Action[]
}

/** The states of one depth of one level; `first` is the number of its first. */
interface Layer {
  readonly first: number
  count: number
  /** One vector a state; let go when nobody will ask again. */
  vectors: Int32Array
}

const ASK_EVERY = 8192
const NO_VECTORS = new Int32Array(0)
const NO_LAYER: Layer = { first: 0, count: 0, vectors: NO_VECTORS }

/** How each state met was reached: from which one, and by which transition. */
interface Ways {
  parents: Int32Array
  by: Int32Array
  count: number
}

function grown(old: Int32Array, least: number): Int32Array {
  if (least <= old.length) return old
  const bigger = new Int32Array(Math.max(least, 2 * old.length))
  bigger.set(old)
  return bigger
}

interface Breach {
  readonly state: number
  readonly depth: number
}
const FULL = 'full'
type Ended = Breach | typeof FULL | null

function note(ways: Ways, parent: number, by: number): void {
  ways.parents = grown(ways.parents, ways.count + 1)
  ways.by = grown(ways.by, ways.count + 1)
  ways.parents[ways.count] = parent
  ways.by[ways.count] = by
  ways.count++
}

interface Change {
  readonly width: number
  readonly slots: readonly number[]
  readonly values: readonly number[]
  readonly acc: number
  readonly high: number
  readonly low: number
}

/** Adds a state to a layer: its parent's vector with what is new written over it. */
function write(into: Layer, from: Layer, old: number, change: Change): number {
  const { width, slots, values } = change
  into.vectors = grown(into.vectors, (into.count + 1) * width)
  const { vectors } = into
  const begin = into.count * width
  for (let i = 0; i < width - 3; i++) vectors[begin + i] = from.vectors[old + i] as number
  for (let i = 0; i < slots.length; i++) vectors[begin + (slots[i] as number)] = values[i] as number
  vectors[begin + width - 3] = change.acc
  vectors[begin + width - 2] = change.high
  vectors[begin + width - 1] = change.low
  return into.count++
}

interface Search {
  readonly space: Space
  readonly watch: Watched
  readonly ways: Ways
  readonly kinds: ReadonlySet<string>
  /** Numbers in a vector: the space's, the accumulator's, and the two sums of the fingerprint. */
  readonly width: number
  /** Adds to `into` what lies behind a transition; -1 when it was met before, else its place there. */
  readonly reach: (from: Layer, at: number, transition: Transition, into: Layer) => number
  readonly isFull: () => boolean
}

function searchOf(system: System, watch: Watch, options: ExploreOptions): Search {
  const space = options.space ?? spaceOf(system)
  const watching = watched(watch)
  const accSlot = space.width
  const width = space.width + 3
  const ways: Ways = { parents: new Int32Array(1024), by: new Int32Array(1024), count: 0 }
  const seen = fingerprints()
  const { kinds = misfortunesOf(system), maxStates } = options.bounds
  let stopped = false
  return {
    space,
    watch: watching,
    ways,
    width,
    kinds: new Set(kinds),
    reach(from, at, transition, into) {
      const old = at * width
      const { vectors } = from
      const { slots, values } = transition
      let high = vectors[old + width - 2] as number
      let low = vectors[old + width - 1] as number
      for (let i = 0; i < slots.length; i++) {
        const slot = slots[i] as number
        const was = vectors[old + slot] as number
        const is = values[i] as number
        high = (high + highOf(slot, is) - highOf(slot, was)) | 0
        low = (low + lowOf(slot, is) - lowOf(slot, was)) | 0
      }
      const accWas = vectors[old + accSlot] as number
      const acc = watching.after(accWas, transition)
      if (acc !== accWas) {
        high = (high + highOf(accSlot, acc) - highOf(accSlot, accWas)) | 0
        low = (low + lowOf(accSlot, acc) - lowOf(accSlot, accWas)) | 0
      }
      if (!seen.add(high, low)) return -1
      note(ways, from.first + at, transition.id)
      return write(into, from, old, { width, slots, values, acc, high, low })
    },
    isFull() {
      if (options.goOn !== undefined && ways.count % ASK_EVERY === 0) {
        stopped ||= !options.goOn(ways.count)
      }
      return stopped || ways.count >= maxStates
    },
  }
}

/** The layer that holds the start alone. */
function startOf(search: Search): Layer {
  const { space, watch, ways, width } = search
  const vectors = new Int32Array(width)
  vectors.set(space.start)
  vectors[space.width] = watch.start
  const layer: Layer = { first: -1, count: 1, vectors }
  const into: Layer = { first: 0, count: 0, vectors: NO_VECTORS }
  search.reach(layer, 0, NO_STEP, into)
  ways.parents[0] = -1
  return into
}

const NO_STEP: Transition = {
  id: -1,
  action: { actor: '', rule: '' },
  cost: '',
  slots: [],
  values: [],
  observations: [],
}

const accOf = ({ space, width }: Search, layer: Layer, at: number): number =>
  layer.vectors[at * width + space.width] as number

/** Takes every ordinary step out of a layer, and judges those of its states that are at rest. */
function follow(search: Search, layer: Layer, into: Layer, depth: number): Ended {
  const { space, watch, width } = search
  let breach: Breach | null = null
  for (let at = 0; at < layer.count; at++) {
    let moves = false
    for (let view = 0; view < space.views; view++) {
      const { ordinary } = space.at(view, layer.vectors, at * width)
      if (ordinary.length === 0) continue
      moves = true
      if (breach !== null) break
      const ended = take(search, layer, at, { into, depth, transitions: ordinary })
      if (ended === FULL) return FULL
      breach ??= ended
    }
    // Rest is a breach one step shorter than anything met on the way out of this layer.
    if (!moves && watch.brokenAtRest(accOf(search, layer, at))) {
      return { state: layer.first + at, depth }
    }
  }
  return breach
}

/** Takes every misfortune out of a layer. */
function suffer(search: Search, layer: Layer, into: Layer, depth: number): Ended {
  const { space, width, kinds } = search
  for (let at = 0; at < layer.count; at++) {
    for (let view = 0; view < space.views; view++) {
      const { misfortunes } = space.at(view, layer.vectors, at * width)
      if (misfortunes.length === 0) continue
      const transitions = misfortunes.filter((transition) => kinds.has(transition.cost))
      const ended = take(search, layer, at, { into, depth, transitions })
      if (ended !== null) return ended
    }
  }
  return null
}

interface Batch {
  readonly into: Layer
  readonly depth: number
  readonly transitions: readonly Transition[]
}

/** Takes these steps out of one state, up to the first that breaks. */
function take(search: Search, layer: Layer, from: number, { into, depth, transitions }: Batch) {
  for (const transition of transitions) {
    const next = search.reach(layer, from, transition, into)
    if (next < 0) continue
    if (search.watch.broken(accOf(search, into, next))) {
      return { state: into.first + next, depth: depth + 1 }
    }
    if (search.isFull()) return FULL
  }
  return null
}

/** One level: what the level before gives with one more misfortune, and all that follows from it. */
function level(search: Search, before: readonly Layer[] | null, layers: Layer[], last: boolean) {
  if (before === null) layers.push(startOf(search))
  for (let depth = layers.length; ; depth++) {
    const into: Layer = { first: search.ways.count, count: 0, vectors: NO_VECTORS }
    const own = layers[depth - 1] ?? NO_LAYER
    const lower = before?.[depth - 1] ?? NO_LAYER
    const ended = follow(search, own, into, depth - 1) ?? suffer(search, lower, into, depth - 1)
    if (ended !== null) return ended
    lower.vectors = NO_VECTORS
    if (last) own.vectors = NO_VECTORS
    layers.push(into)
    if (into.count === 0 && depth >= (before?.length ?? 0)) return null
  }
}

function scriptTo(search: Search, state: number): Action[] {
  const script: Action[] = []
  for (let at = state; (search.ways.parents[at] as number) >= 0; ) {
    script.push(search.space.transition(search.ways.by[at] as number).action)
    at = search.ways.parents[at] as number
  }
  return script.reverse()
}

/** Searches for a breach of one watch. The answer is exact up to fingerprints (see fingerprints.ts). */
export function explore(system: System, watch: Watch, options: ExploreOptions): Explored {
  const started = options.now()
  const search = searchOf(system, watch, options)
  let ended: Ended = null
  let before: Layer[] | null = null
  let faults = 0
  for (; faults <= options.bounds.faults; faults++) {
    const layers: Layer[] = []
    ended = level(search, before, layers, faults === options.bounds.faults)
    before = layers
    if (ended !== null) break
  }
  const ms = options.now() - started
  const found = ended !== null && ended !== FULL ? ended : null
  const prefix = options.prefix ?? []
  const script = found === null ? null : [...prefix, ...scriptTo(search, found.state)]
  return {
    answer:
      found !== null ? 'counterexample' : ended === FULL ? 'not exhausted' : 'holds within bounds',
    invariant: watch.id,
    faults: found === null ? null : faults,
    steps: script?.length ?? null,
    script,
    states: search.ways.count,
    statesPerSecond: Math.round((search.ways.count / Math.max(ms, 1)) * 1000),
    bounds: { ...options.bounds, kinds: [...search.kinds] },
    ms: Math.round(ms),
  }
}
