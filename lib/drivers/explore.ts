// The exploring driver: all of them, breadth-first, with no misfortune, then one, then two, … The first
// breach it meets has the fewest misfortunes, and among those the fewest steps.
//
// The budget is no part of the state: whoever reached a state with fewer misfortunes can do all that
// somebody who needed more can do. A level takes up the states of the level before it in the order of
// their depth, so that steps are least too (exploration.md 3.1).
import type { System } from '../engine/compile.ts'
import type { Action } from '../engine/types.ts'
import type { Watch } from '../engine/watch.ts'
import { fingerprints } from './fingerprints.ts'
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
  /** A space of the same system that an earlier search has already filled. */
  readonly space?: Space
}

/** States from `from` to `to` (exclusive) lie at one depth of one level. */
interface Layer {
  readonly from: number
  readonly to: number
}

const ASK_EVERY = 8192
const NO_LAYER: Layer = { from: 0, to: 0 }

/** Every state met, in the order of meeting, with how it was reached. */
interface Met {
  vectors: Int32Array
  parents: Int32Array
  by: Int32Array
  count: number
}

function room(met: Met, width: number): void {
  if ((met.count + 1) * width <= met.vectors.length) return
  const grown = (old: Int32Array) => {
    const bigger = new Int32Array(2 * old.length)
    bigger.set(old)
    return bigger
  }
  met.vectors = grown(met.vectors)
  met.parents = grown(met.parents)
  met.by = grown(met.by)
}

interface Breach {
  readonly state: number
  readonly depth: number
}

interface Search {
  readonly space: Space
  readonly watch: Watched
  readonly met: Met
  /** Adds what lies behind a transition if it is new. */
  readonly reach: (parent: number, transition: Transition) => number
  readonly isFull: () => boolean
  readonly kinds: ReadonlySet<string>
  /** Numbers in a vector, the accumulator's included; it stands last. */
  readonly width: number
}

function searchOf(system: System, watch: Watch, options: ExploreOptions): Search {
  const space = options.space ?? spaceOf(system)
  const watching = watched(watch)
  const width = space.width + 1
  const met: Met = {
    vectors: new Int32Array(1024 * width),
    parents: new Int32Array(1024),
    by: new Int32Array(1024),
    count: 0,
  }
  const seen = fingerprints()
  met.vectors.set(space.start)
  met.vectors[space.width] = watching.start
  met.parents[0] = -1
  seen.add(met.vectors, 0, width)
  met.count = 1
  let stopped = false
  return {
    space,
    watch: watching,
    met,
    width,
    kinds: new Set(options.bounds.kinds ?? misfortunesOf(system)),
    /** Returns the new state's number, or -1 when it was met before. */
    reach(parent, transition) {
      room(met, width)
      const into = met.count * width
      met.vectors.copyWithin(into, parent * width, (parent + 1) * width)
      const { slots, values } = transition
      for (let i = 0; i < slots.length; i++) {
        met.vectors[into + (slots[i] as number)] = values[i] as number
      }
      const acc = met.vectors[into + space.width] as number
      met.vectors[into + space.width] = watching.after(acc, transition)
      if (!seen.add(met.vectors, into, width)) return -1
      met.parents[met.count] = parent
      met.by[met.count] = transition.id
      return met.count++
    },
    isFull() {
      if (options.goOn !== undefined && met.count % ASK_EVERY === 0) {
        stopped ||= !options.goOn(met.count)
      }
      return stopped || met.count >= options.bounds.maxStates
    },
  }
}

const FULL = 'full'
type Ended = Breach | typeof FULL | null

const accOf = (search: Search, state: number): number =>
  search.met.vectors[state * search.width + search.space.width] as number

/** Takes every step of one sort (ordinary, or a misfortune) out of a layer. */
function expand(search: Search, layer: Layer, misfortunes: boolean, depth: number): Ended {
  const { met, space, watch, width, kinds } = search
  let breach: Breach | null = null
  for (let state = layer.from; state < layer.to; state++) {
    let moves = false
    for (const group of space.at(met.vectors, state * width)) {
      for (const transition of group) {
        if (transition.cost === '') moves = true
        if (breach !== null) continue
        if (misfortunes ? !kinds.has(transition.cost) : transition.cost !== '') continue
        const next = search.reach(state, transition)
        if (next < 0) continue
        if (watch.broken(accOf(search, next))) breach = { state: next, depth: depth + 1 }
        else if (search.isFull()) return FULL
      }
    }
    // Rest is a breach one step shorter than anything met on the way out of this layer.
    if (!misfortunes && !moves && watch.brokenAtRest(accOf(search, state))) return { state, depth }
  }
  return breach
}

/** One level: what the level before gives with one more misfortune, and all that follows from it. */
function level(search: Search, before: readonly Layer[] | null, layers: Layer[]): Ended {
  for (let depth = 0; ; depth++) {
    const from = search.met.count
    let ended: Ended = null
    if (before === null && depth === 0) {
      layers.push({ from: 0, to: 1 })
      continue
    }
    ended = expand(search, layers[depth - 1] ?? NO_LAYER, false, depth - 1)
    if (ended !== null && (ended === FULL || ended.depth < depth)) return ended
    const lower = before?.[depth - 1] ?? NO_LAYER
    const byFault = ended === null ? expand(search, lower, true, depth - 1) : null
    ended ??= byFault
    if (ended !== null) return ended
    layers.push({ from, to: search.met.count })
    const done = search.met.count === from && depth >= (before?.length ?? 0)
    if (done) return null
  }
}

function scriptTo(search: Search, state: number): Action[] {
  const script: Action[] = []
  for (let at = state; (search.met.parents[at] as number) >= 0; ) {
    script.push(search.space.transition(search.met.by[at] as number).action)
    at = search.met.parents[at] as number
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
    ended = level(search, before, layers)
    before = layers
    if (ended !== null) break
  }
  const ms = options.now() - started
  const found = ended !== null && ended !== FULL ? ended : null
  const script = found === null ? null : scriptTo(search, found.state)
  return {
    answer:
      found !== null ? 'counterexample' : ended === FULL ? 'not exhausted' : 'holds within bounds',
    invariant: watch.id,
    faults: found === null ? null : faults,
    steps: script?.length ?? null,
    script,
    states: search.met.count,
    statesPerSecond: Math.round((search.met.count / Math.max(ms, 1)) * 1000),
    bounds: { ...options.bounds, kinds: [...search.kinds] },
    ms: Math.round(ms),
  }
}
