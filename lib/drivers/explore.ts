// The exploring driver: all of them, breadth-first. What it finds is the breach with the fewest misfortunes,
// among those the fewest steps, and among those the fewest changes from one actor to another; what it does not
// find is not there within its bounds.
//
// Counterexamples come from a search that leaves nothing out. It is given up when it has grown large without
// a breach; then a reduced search (eager.ts) shows whether there is one at all, and with how many misfortunes,
// and only if there is the full one goes on. The budget is no part of the state: whoever reached a state with
// fewer misfortunes can do all that somebody who needed more can do.
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
  readonly transitions: number
  readonly bounds: Bounds
  readonly ms: number
  /** Kinds of the misfortunes in the script, in order; null without one. */
  readonly story: readonly string[] | null
  /** How often the script changes from one actor or line to another. */
  readonly switches: number | null
  /** How likely it is that some state was taken for another; 0 in an exact search. */
  readonly oddsOfCollision: number
  /** Whether the answer rests on the reduction. */
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
  /** After how many states of a full search a reduced one begins; false: never. */
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
  /** Whether it was told to stop, or ran out of memory. */
  readonly stopped: boolean
}

interface Attempted extends Pick<Bounds, 'faults' | 'maxStates' | 'maxMb'> {
  readonly purse: Purse
  readonly reduced: boolean
  readonly exact: boolean | undefined
  readonly goOn: ExploreOptions['goOn']
  readonly onRest: ExploreOptions['onRest']
}

/** One search from the start, full or reduced. */
class Attempt {
  readonly states: States
  private readonly search: LevelSearch
  private readonly options: Attempted
  private stopped = false

  constructor(space: Space, watched: Watched, options: Attempted) {
    this.options = options
    const seenOf = (rows: States['rows']) =>
      options.exact === true ? new ExactStates(rows) : new Fingerprints()
    this.states = new States(space, watched, options.purse, seenOf)
    const isFull = () => this.stopped || this.states.count >= options.maxStates
    this.search = new LevelSearch(this.states, { isFull, onRest: options.onRest })
  }

  /** Runs one level, asking now and then whether to go on. */
  private *run(before: Level | null, faults: number): Generator<Progress, [Ended, Level]> {
    const { states } = this
    const { reduced, maxMb, goOn } = this.options
    const last = faults === this.options.faults
    const eager = reduced ? new Eager(states.space, last) : null
    const level = this.search.level(before, { faults, eager, release: reduced && last })
    for (;;) {
      const next = level.next()
      if (next.done === true) return next.value
      this.stopped ||= states.bytes > maxMb * 1_048_576 || goOn?.(next.value) === false
      yield next.value
    }
  }

  *levels(): Generator<Progress, Found> {
    const levels: Level[] = []
    for (let faults = 0; ; faults++) {
      const [ended, level] = yield* this.run(levels[faults - 1] ?? null, faults)
      levels.push(level)
      const done = ended !== null || faults === this.options.faults
      if (done) return { ended, faults, levels, stopped: this.stopped }
    }
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

interface Judged {
  readonly states: States
  readonly found: Found
  readonly reduced: boolean
}

function answerOf(judged: Judged, bounds: Bounds, options: ExploreOptions): Omit<Explored, Spent> {
  const { states, found, reduced } = judged
  const { ended, faults, levels } = found
  const { space } = states
  const breach = ended !== null && ended !== FULL ? ended : null
  const names =
    breach === null ? null : (fewestSwitches(states, levels, breach) ?? wayTo(states, breach))
  const actions = names?.map((name) => space.actionOf(name)) ?? null
  const script = actions === null ? null : [...(options.prefix ?? []), ...actions]
  const exhausted = ended === FULL ? 'not exhausted' : 'holds within bounds'
  return {
    answer: breach === null ? exhausted : 'counterexample',
    invariant: states.watched.watch.id,
    faults: breach === null ? null : faults,
    steps: script?.length ?? null,
    script,
    bounds,
    story: names === null ? null : costsOf(space, names, states),
    switches: actions === null ? null : switchesOf(actions),
    oddsOfCollision: options.exact === true ? 0 : oddsOfCollision(states.count),
    reduced,
  }
}

/** All that was looked at, in attempts that were given up too. */
interface Met {
  readonly met: number
  readonly transitions: number
}

/**
 * In full while that is little; then reduced, to see whether there is a breach at all; and where there is
 * one, in full again.
 */
function* attempts(
  space: Space,
  watched: Watched,
  options: Attempted,
  reduceFrom: number | false,
): Generator<Progress, Judged & Met> {
  const { maxStates } = options
  const few = reduceFrom === false ? maxStates : Math.min(reduceFrom, maxStates)
  const tried: States[] = []
  const met = () => ({
    met: tried.reduce((sum, { count }) => sum + count, 0),
    transitions: tried.reduce((sum, { transitions }) => sum + transitions, 0),
  })
  if (few > 0) {
    const full = new Attempt(space, watched, { ...options, maxStates: few })
    const found = yield* full.levels()
    tried.push(full.states)
    const given = found.ended === FULL && !found.stopped && few < maxStates
    if (!given) return { states: full.states, found, reduced: false, ...met() }
  }
  const proof = new Attempt(space, watched, { ...options, reduced: true })
  const found = yield* proof.levels()
  tried.push(proof.states)
  const { states } = proof
  if (found.ended === null || found.ended === FULL)
    return { states, found, reduced: true, ...met() }
  const again = new Attempt(space, watched, { ...options, faults: found.faults })
  const shown = yield* again.levels()
  tried.push(again.states)
  return { states: again.states, found: shown, reduced: false, ...met() }
}

type Spent = 'states' | 'statesPerSecond' | 'transitions' | 'ms'

/** A search that stops again and again to tell where it stands: for who must do other things meanwhile. */
export function* exploring(
  system: System,
  watch: Watch,
  options: ExploreOptions,
  purse?: Purse,
): Generator<Progress, Explored> {
  const started = options.now()
  const space = options.space ?? spaceOf(system)
  const kinds = purse?.kinds ?? options.bounds.kinds ?? misfortunesOf(system)
  const bounds = { maxMb: MAX_MB, ...options.bounds, kinds }
  const { exact, goOn, onRest } = options
  const reduceFrom = exact === true ? false : (options.reduceFrom ?? REDUCE_FROM)
  const attempted = {
    ...bounds,
    exact,
    goOn,
    onRest,
    purse: purse ?? purseOf(kinds),
    reduced: false,
  }
  const judged = yield* attempts(space, new Watched(watch, space), attempted, reduceFrom)
  const answer = answerOf(judged, bounds, options)
  const ms = options.now() - started
  return {
    ...answer,
    states: judged.met,
    transitions: judged.transitions,
    statesPerSecond: Math.round((judged.met / Math.max(ms, 1)) * 1000),
    ms: Math.round(ms),
  }
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
