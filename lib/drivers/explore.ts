// The exploring driver: all of them, breadth-first. What it finds is the breach with the fewest misfortunes,
// among those the fewest steps, and among those the fewest changes from one actor to another; what it does not
// find is not there within its bounds.
//
// Counterexamples come from levels that nothing was left out of. The last level is begun in full; when it has
// grown large without a breach it is begun anew with the reduction (eager.ts), and should that find a
// breach, once more in full. The budget is no part of the state: whoever reached a state with fewer
// misfortunes can do all that somebody who needed more can do.
import type { System } from '../engine/compile.ts'
import type { Action } from '../engine/types.ts'
import type { Watch } from '../engine/watch.ts'
import { Eager } from './eager.ts'
import { type Breach, type Ended, FULL, type Level, LevelSearch, type Progress } from './levels.ts'
import { CUT, misfortunesOf } from './misfortune.ts'
import { type Purse, purseOf, purseOfStory, storiesOf } from './purse.ts'
import { States } from './reach.ts'
import { ExactStates, Fingerprints, oddsOfCollision } from './seen.ts'
import { type Space, spaceOf } from './space.ts'
import { fewestSwitches, switchesOf } from './switches.ts'
import { Watched } from './watched.ts'

export interface Bounds {
  /** How many misfortunes at most, and of which kinds. */
  readonly faults: number
  readonly kinds: readonly string[]
  readonly maxStates: number
  /** How much memory the states met may take. */
  readonly maxMb: number
}

/** The contract's result object (architecture, "Contracts"), and what else there is to tell. */
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
  /** Kinds of the misfortunes in the script, in order; null without one. */
  readonly story: readonly string[] | null
  /** How often the script changes from one actor or line to another. */
  readonly switches: number | null
  /** How likely it is that some state was taken for another; 0 in an exact search. */
  readonly oddsOfCollision: number
  /** Whether the last level was searched with the reduction. */
  readonly reduced: boolean
}

export interface ExploreOptions {
  /** Without `kinds`: every kind that can befall this system. */
  readonly bounds: Pick<Bounds, 'faults' | 'maxStates'> & Partial<Bounds>
  /** The caller's clock, in ms; the search itself knows no time. */
  readonly now: () => number
  /** Asked now and then; false stops the search, which is then not exhausted. */
  readonly goOn?: (progress: Progress) => boolean
  /** A space of the same system that an earlier search has already filled. It says where to begin. */
  readonly space?: Space
  /** How to get to where the space begins; the answer's script then starts with it. */
  readonly prefix?: readonly Action[]
  /** Compare whole states, not fingerprints. */
  readonly exact?: boolean
  /** false: never reduce; a number: the states of a last level after which it is begun anew, reduced. */
  readonly reduceFrom?: number | false
  /** Told of each state at rest: its fingerprint. */
  readonly onRest?: (high: number, low: number) => void
}

const MAX_MB = 1024
const REDUCE_FROM = 200_000

interface Found {
  readonly ended: Ended
  readonly faults: number
  readonly levels: readonly Level[]
  readonly reduced: boolean
}

class Exploration {
  readonly states: States
  private readonly search: LevelSearch
  private readonly options: ExploreOptions
  readonly bounds: Bounds
  private stopped = false
  private most: number
  /** States of attempts at a level that was begun anew. */
  given = 0

  constructor(system: System, watch: Watch, options: ExploreOptions, purse?: Purse) {
    const space = options.space ?? spaceOf(system)
    const kinds = options.bounds.kinds ?? misfortunesOf(system)
    this.options = options
    this.bounds = { maxMb: MAX_MB, ...options.bounds, kinds: purse?.kinds ?? kinds }
    this.most = this.bounds.maxStates
    const seenOf = (rows: States['rows']) =>
      options.exact === true ? new ExactStates(rows) : new Fingerprints()
    this.states = new States(space, new Watched(watch, space), purse ?? purseOf(kinds), seenOf)
    const bounded = { isFull: () => this.isFull(), onRest: options.onRest }
    this.search = new LevelSearch(this.states, bounded)
  }

  private isFull(): boolean {
    return this.stopped || this.states.count >= this.most
  }

  private isOut(): boolean {
    return (
      this.stopped ||
      this.states.count >= this.bounds.maxStates ||
      this.states.bytes > this.bounds.maxMb * 1_048_576
    )
  }

  /** Runs one level, asking now and then whether to go on. */
  private *run(before: Level | null, faults: number, eager: Eager | null, release = false) {
    const level = this.search.level(before, { faults, eager, release })
    for (;;) {
      const next = level.next()
      if (next.done === true) return next.value
      this.stopped ||= this.states.bytes > this.bounds.maxMb * 1_048_576
      this.stopped ||= this.options.goOn?.(next.value) === false
      yield next.value
    }
  }

  *levels(): Generator<Progress, Found> {
    const levels: Level[] = []
    for (let faults = 0; faults <= this.bounds.faults; faults++) {
      const before = levels[faults - 1] ?? null
      if (faults === this.bounds.faults) {
        const [ended, level, reduced] = yield* this.last(before, faults)
        return { ended, faults, levels: [...levels, level], reduced }
      }
      const [ended, level] = yield* this.run(before, faults, null)
      levels.push(level)
      if (ended !== null) return { ended, faults, levels, reduced: false }
    }
    throw new Error('a search needs a budget of at least no faults')
  }

  /** The last level: in full while it is small, then reduced, and in full again where that finds a breach. */
  private *last(before: Level | null, faults: number): Generator<Progress, [Ended, Level, boolean]> {
    const { reduceFrom = REDUCE_FROM, exact } = this.options
    const { states, bounds } = this
    if (reduceFrom === false || exact === true) {
      return [...(yield* this.run(before, faults, null)), false]
    }
    const seen = states.seen.fork()
    const first = states.count
    this.most = Math.min(bounds.maxStates, first + reduceFrom)
    const [ended, level] = reduceFrom === 0 ? [FULL, []] : yield* this.run(before, faults, null)
    this.most = bounds.maxStates
    if (ended !== FULL || this.isOut()) return [ended as Ended, level as Level, false]
    this.begin(first, seen.fork())
    const [proof, reached] = yield* this.run(before, faults, new Eager(states.space), true)
    if (proof === null || proof === FULL) return [proof, reached, true]
    this.begin(first, seen)
    return [...(yield* this.run(before, faults, null)), false]
  }

  /** Begins a level anew: what it had met is forgotten. */
  private begin(count: number, seen: States['seen']): void {
    const { states } = this
    this.given += states.count - count
    states.rows.truncate(count)
    states.ways.truncate(count)
    states.seen = seen
  }
}

/** The steps to a breach, by name. */
function wayTo(states: States, { row, name, atRest }: Breach): readonly number[] {
  const way = states.wayTo(row)
  return atRest ? way : [...way, name]
}

function costsOf(space: Space, names: readonly number[], states: States): readonly string[] {
  return names
    .map((name) => (name < 0 ? CUT : (space.costs[states.costOf(name)] as string)))
    .filter((kind) => kind !== '')
}

function answerOf(exploration: Exploration, found: Found, options: ExploreOptions): Explored {
  const { states, bounds } = exploration
  const { ended, faults, levels } = found
  const breach = ended !== null && ended !== FULL ? ended : null
  const names =
    breach === null ? null : (fewestSwitches(states, levels, breach) ?? wayTo(states, breach))
  const { space } = states
  const script =
    names === null ? null : [...(options.prefix ?? []), ...names.map((name) => space.actionOf(name))]
  const exhausted = ended === FULL ? 'not exhausted' : 'holds within bounds'
  return {
    answer: breach === null ? exhausted : 'counterexample',
    invariant: states.watched.watch.id,
    faults: breach === null ? null : faults,
    steps: script?.length ?? null,
    script,
    states: states.count,
    statesPerSecond: 0,
    bounds,
    ms: 0,
    story: names === null ? null : costsOf(space, names, states),
    switches: names === null ? null : switchesOf(names.map((name) => space.actionOf(name))),
    oddsOfCollision: options.exact === true ? 0 : oddsOfCollision(states.count),
    reduced: found.reduced,
  }
}

/** A search that stops again and again to tell where it stands: for who must do other things meanwhile. */
export function* exploring(
  system: System,
  watch: Watch,
  options: ExploreOptions,
  purse?: Purse,
): Generator<Progress, Explored> {
  const started = options.now()
  const exploration = new Exploration(system, watch, options, purse)
  const found = yield* exploration.levels()
  const answer = answerOf(exploration, found, options)
  const ms = options.now() - started
  const met = exploration.states.count + exploration.given
  return { ...answer, ms: Math.round(ms), statesPerSecond: Math.round((met / Math.max(ms, 1)) * 1000) }
}

function finish<T>(search: Generator<unknown, T>): T {
  for (;;) {
    const next = search.next()
    if (next.done === true) return next.value
  }
}

/** Searches for a breach of one watch. The answer is exact up to fingerprints (see seen.ts). */
export function explore(system: System, watch: Watch, options: ExploreOptions): Explored {
  return finish(exploring(system, watch, options))
}

/**
 * One least counterexample for each kind of story: each way to choose kinds for as few misfortunes as were
 * needed. The first is the least of all. Stories in which nothing breaks are left out.
 */
export function* exploringStories(
  system: System,
  watch: Watch,
  options: ExploreOptions,
): Generator<Progress, readonly Explored[]> {
  const shared = { ...options, space: options.space ?? spaceOf(system) }
  const first = yield* exploring(system, watch, shared)
  if (first.story === null || first.story.length === 0) return [first]
  const own = [...first.story].sort().join()
  const found = [first]
  for (const story of storiesOf([...first.bounds.kinds].sort(), first.story.length)) {
    if (story.join() === own) continue
    const bounds = { ...options.bounds, faults: story.length }
    const search = exploring(
      system,
      watch,
      { ...shared, bounds, reduceFrom: false },
      purseOfStory(story),
    )
    const answer = yield* search
    if (answer.answer === 'counterexample') found.push(answer)
  }
  return found
}

export function exploreStories(
  system: System,
  watch: Watch,
  options: ExploreOptions,
): readonly Explored[] {
  return finish(exploringStories(system, watch, options))
}
