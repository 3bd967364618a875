// The exploring driver: all of them, breadth-first. What it finds is the breach with the fewest misfortunes,
// among those the fewest steps, and among those the fewest changes from one actor to another; what it does not
// find is not there within its bounds.
//
// Counterexamples come from a search that leaves nothing out. It is given up when it has grown large without
// a breach; then a reduced search (eager.ts) shows whether there is one at all, and with how many misfortunes,
// and only if there is the full one goes on. The budget is no part of the state: whoever reached a state with
// fewer misfortunes can do all that somebody who needed more can do.

import type { Actor, System } from '../engine/compile.ts'
import type { Action } from '../engine/types.ts'
import type { Watch } from '../engine/watch.ts'
import { eagerIn } from './eager.ts'
import {
  type Breach,
  type Ended,
  FULL,
  type Level,
  type LevelSearch,
  levelSearch,
  type Progress,
  searchLevel,
} from './levels.ts'
import { CUT, misfortunesOf } from './misfortune.ts'
import { type Purse, purseOf, purseOfStory, storiesOf } from './purse.ts'
import { bytesOf, costOfStep, type States, statesOf, wayTo } from './reach.ts'
import { exactStates, fingerprints, oddsOfCollision } from './seen.ts'
import { isMissing, lostFrom, shortestSettling } from './settling.ts'
import { namedAction, type Space, spaceOf } from './space.ts'
import { fewestSwitches, switchesOf } from './switches.ts'
import { type Watched, watched } from './watched.ts'

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

/** So much is gone through again for the shortest way to a breach. */
const SHORTEST_WITHIN = 400_000
/** So many losses are looked for in a proof, which is not about where they come about. */
const MOST_DRAINS = 5000

interface Attempted extends Pick<Bounds, 'faults' | 'maxStates' | 'maxMb'> {
  readonly purse: Purse
  readonly reduced: boolean
  /** Where a loss is looked for before all is at rest: right after a misfortune, a number of times; or everywhere. */
  readonly draining?: 'after misfortunes' | 'everywhere'
  readonly exact: boolean | undefined
  readonly goOn: ExploreOptions['goOn']
  readonly onRest: ExploreOptions['onRest']
}

/** One search from the start, full or reduced. */
interface Attempt {
  readonly states: States
  readonly search: LevelSearch
  readonly options: Attempted
  stopped: boolean
}

function attempt(space: Space, watching: Watched, options: Attempted): Attempt {
  const seenOf =
    options.exact === true ? (rows: States['rows']) => exactStates(rows) : () => fingerprints()
  const states = statesOf(space, watching, options.purse, seenOf)
  const isFull = () => self.stopped || states.rows.count >= options.maxStates
  const { onRest, draining } = options
  const everywhere = draining === 'everywhere'
  let drains = everywhere ? Number.POSITIVE_INFINITY : MOST_DRAINS
  const looked = (row: number, suffered: boolean) => {
    if (drains <= 0) return null
    // What a node loses that dies shows only when it is back; other losses show when they come about.
    if (!suffered && !(everywhere && isMissing(states, row))) return null
    drains--
    return lostFrom(states, row)
  }
  const loss = draining === undefined ? {} : { lostFrom: looked }
  const search = levelSearch(states, { isFull, onRest, ...loss })
  const self: Attempt = { states, search, options, stopped: false }
  return self
}

/** Runs one level, asking now and then whether to go on. */
function* runLevel(
  self: Attempt,
  before: Level | null,
  faults: number,
): Generator<Progress, [Ended, Level]> {
  const { states } = self
  const { reduced, maxMb, goOn } = self.options
  const last = faults === self.options.faults
  const { kinds } = states.purse
  const reduction = { inPeace: last, kinds }
  const eager = reduced ? eagerIn(states.space, states.watched, reduction) : null
  const level = searchLevel(self.search, before, { faults, eager, release: reduced && last })
  for (;;) {
    const next = level.next()
    if (next.done === true) return next.value
    self.stopped ||= bytesOf(states) > maxMb * 1_048_576 || goOn?.(next.value) === false
    yield next.value
  }
}

function* runLevels(self: Attempt): Generator<Progress, Found> {
  const levels: Level[] = []
  for (let faults = 0; ; faults++) {
    const [ended, level] = yield* runLevel(self, levels[faults - 1] ?? null, faults)
    levels.push(level)
    const done = ended !== null || faults === self.options.faults
    if (done) return { ended, faults, levels, stopped: self.stopped }
  }
}

/** The steps to a breach, by name. */
function namesTo(states: States, { row, name, atRest }: Breach): readonly number[] {
  const way = wayTo(states, row)
  return atRest ? way : [...way, name]
}

function costsOf(space: Space, names: readonly number[], states: States): readonly string[] {
  return names
    .map((name) => (name < 0 ? CUT : (space.costs[costOfStep(states, name)] as string)))
    .filter((kind) => kind !== '')
}

interface Judged {
  readonly states: States
  readonly found: Found
  readonly reduced: boolean
}

/** The steps of the breach to show: a shortest way with few changes of actor, while that is little to look for. */
function* wayToShow(
  { states, found }: Judged,
  breach: Breach,
): Generator<Progress, readonly number[]> {
  if (breach.settling !== undefined) {
    const settling = yield* shortestSettling(states, breach.row)
    return [...wayTo(states, breach.row), ...(settling ?? breach.settling)]
  }
  const search = fewestSwitches(states, found.levels, breach)
  const at = { faults: found.faults, depth: breach.depth, states: states.rows.count }
  let next = search.next()
  for (; next.done !== true; next = search.next()) yield at
  return next.value ?? namesTo(states, breach)
}

function* answerOf(
  judged: Judged,
  bounds: Bounds,
  options: ExploreOptions,
): Generator<Progress, Omit<Explored, Spent>> {
  const { states, found, reduced } = judged
  const { ended, faults } = found
  const { space } = states
  const breach = ended !== null && ended !== FULL ? ended : null
  const names = breach === null ? null : yield* wayToShow(judged, breach)
  const actions = names?.map((name) => namedAction(space, name)) ?? null
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
    oddsOfCollision: options.exact === true ? 0 : oddsOfCollision(states.rows.count),
    reduced,
  }
}

/** Without any claim a reduced search is a full one. */
function claimsSomething({ kind }: Actor): boolean {
  return kind.rules.some(({ rule }) => rule.commutes !== undefined)
}

/** All that was looked at, in attempts that were given up too. */
interface Met {
  readonly met: number
  readonly transitions: number
}

/**
 * In full while that is little; then reduced, to see whether there is a breach at all; and where there is
 * one, in full again, for the shortest; and where that is too much, for one whose loss shows early.
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
  function* run(own: Partial<Attempted>): Generator<Progress, Judged & Met> {
    const self = attempt(space, watched, { ...options, ...own })
    const found = yield* runLevels(self)
    tried.push(self.states)
    const met = tried.reduce((sum, { rows }) => sum + rows.count, 0)
    const transitions = tried.reduce((sum, each) => sum + each.transitions, 0)
    return { states: self.states, found, reduced: self.options.reduced, met, transitions }
  }
  const isTooMuch = ({ found }: Judged) => found.ended === FULL && !found.stopped
  if (few > 0) {
    const full = yield* run({ maxStates: few })
    if (!isTooMuch(full) || few === maxStates) return full
  }
  const proof = yield* run({ reduced: true, draining: 'after misfortunes' })
  const { ended, faults } = proof.found
  if (ended === null || ended === FULL) return proof
  const shown = yield* run({ faults, maxStates: Math.min(maxStates, SHORTEST_WITHIN) })
  return isTooMuch(shown) ? yield* run({ faults, draining: 'everywhere' }) : shown
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
  const reduces = exact !== true && system.actors.some(claimsSomething)
  const reduceFrom = reduces ? (options.reduceFrom ?? REDUCE_FROM) : false
  const attempted = {
    ...bounds,
    exact,
    goOn,
    onRest,
    purse: purse ?? purseOf(kinds),
    reduced: false,
  }
  const judged = yield* attempts(space, watched(watch, space), attempted, reduceFrom)
  const answer = yield* answerOf(judged, bounds, options)
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
