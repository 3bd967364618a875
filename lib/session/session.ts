// A session: a run that is being watched. It shows one moment of a recording, moves that moment about,
// records on as needed, and answers what the interface asks of it. Synchronous and deterministic.
import type { Action } from '../engine/types.ts'
import { whyNot } from '../engine/world.ts'
import type { Picture } from '../picture/types.ts'
import { limits } from '../scenario/limits.ts'
import { thousands } from '../scenario/show.ts'
import type { Scenario } from '../scenario/types.ts'
import { withValue } from '../scenario/with-value.ts'
import { documentOf } from './document.ts'
import { expectedAt } from './expected.ts'
import { faultStatuses, paletteAt } from './faults.ts'
import { inspectAt } from './inspect.ts'
import { flightsAt, pictureAt } from './picture.ts'
import { type Choice, chooseAt, dueAfter, extend, type Run, startRun } from './run.ts'
import { asFarAsItFits, mustFollow } from './script.ts'
import { stepRecord } from './steps.ts'
import type { Session } from './types.ts'
import { verdictsAt } from './verdicts.ts'
import { type View, viewOf } from './view.ts'

export interface OpenOptions {
  readonly seed?: string
  readonly choices?: readonly Choice[]
}

/**
 * A watched run never records more than this: so much can be kept and gone back to at once. What is longer,
 * or never comes to rest, is for `simulate`.
 */
export const STEPS_MAX = 100_000

interface Shown {
  run: Run
  position: number
  nowMs: number
  /** The world at the moment shown and its picture, once asked for. */
  view: View | null
  picture: Picture | null
}

function forget(shown: Shown): void {
  shown.view = null
  shown.picture = null
}

/** Moves the moment shown. */
function show(shown: Shown, position: number, nowMs: number): void {
  if (position !== shown.position) forget(shown)
  shown.position = position
  shown.nowMs = nowMs
}

function timeOf(run: Run, step: number): number {
  return step === 0 ? 0 : run.recording.step(step).timeMs
}

/** The moment after this step: as late as possible for the last one already passed. */
function showStep(shown: Shown, step: number): void {
  const position = Math.max(0, Math.min(step, shown.run.recording.length()))
  show(shown, position, timeOf(shown.run, position))
}

const isFull = (run: Run): boolean => run.recording.length() >= STEPS_MAX

/** True when all steps due by this time are recorded; false when there was no room for them. */
function recordUntil(run: Run, timeMs: number, maxSteps: number): boolean {
  const end = Math.min(run.recording.length() + maxSteps, STEPS_MAX)
  while (dueAfter(run) <= timeMs) {
    if (run.recording.length() >= end) return false
    if (!extend(run)) return true
  }
  if (dueAfter(run) === Number.POSITIVE_INFINITY) extend(run)
  return true
}

/** Never later than what is known: the last recorded step, where the run ended or was not recorded on. */
function showTime(shown: Shown, timeMs: number, maxSteps = STEPS_MAX): boolean {
  const { run } = shown
  const known = recordUntil(run, timeMs, maxSteps)
  const latest = run.atRest || !known ? timeOf(run, run.recording.length()) : timeMs
  const nowMs = Math.max(0, Math.min(timeMs, latest))
  show(shown, run.recording.indexAt(nowMs), nowMs)
  return known || isFull(run)
}

/** Records one more step; false at rest, or when no more are recorded. */
const more = (run: Run): boolean => !isFull(run) && extend(run)

function stepForward(shown: Shown): boolean {
  if (shown.position >= shown.run.recording.length() && !more(shown.run)) return false
  showStep(shown, shown.position + 1)
  return true
}

function inject(shown: Shown, action: Action): void {
  const refusal = whyNotHere(shown, action)
  if (refusal !== null) throw new Error(`It cannot happen here and now: not so that ${refusal}.`)
  const run = chooseAt(shown.run, shown.position, action)
  shown.run = run
  forget(shown)
  showStep(shown, shown.position + 1)
}

function viewShown(shown: Shown): View {
  shown.view ??= viewOf(shown.run, shown.position)
  return shown.view
}

/** Between two steps only time passes, and the picture does not hold the time. */
function pictureShown(shown: Shown): Picture {
  shown.picture ??= pictureAt(shown.run, viewShown(shown))
  return shown.picture
}

function worldShown(shown: Shown) {
  return viewShown(shown).moment.world
}

function withSetting(
  scenario: Scenario,
  path: string,
  value: unknown,
): ReturnType<Session['withSetting']> {
  const parsed = withValue(scenario, path, value)
  if (parsed.ok) return asFarAsItFits(parsed.scenario)
  const first = parsed.errors[0]
  return { error: first?.message ?? `${path} does not take that value` }
}

/** Why an action cannot happen at the moment shown. A script holds all that was done, and has its limit. */
function whyNotHere(shown: Shown, action: Action): string | null {
  const { run, position } = shown
  if (run.script.length > 0 && position >= limits.script)
    return `this is one of the first ${thousands(limits.script)} steps: a script has no more`
  return whyNot(run.built.system, worldShown(shown), action)
}

export function openSession(scenario: Scenario, options: OpenOptions = {}): Session {
  const seed = options.seed ?? scenario.seed
  const document = { scenario, seed, choices: options.choices ?? [] }
  const shown: Shown = { run: startRun(document), position: 0, nowMs: 0, view: null, picture: null }
  mustFollow(scenario, shown.run.built.system)
  return {
    scenario,
    seed,
    get length() {
      return shown.run.recording.length()
    },
    get atRest() {
      return shown.run.atRest
    },
    get endMs() {
      return timeOf(shown.run, shown.run.recording.length())
    },
    get position() {
      return shown.position
    },
    get nowMs() {
      return shown.nowMs
    },
    get choices() {
      return shown.run.document.choices
    },
    get scriptLength() {
      return shown.run.script.length
    },
    get full() {
      return isFull(shown.run)
    },
    advance: (dtMs) => {
      showTime(shown, shown.nowMs + dtMs)
    },
    stepForward: () => stepForward(shown),
    stepBack() {
      if (shown.position === 0) return false
      showStep(shown, shown.position - 1)
      return true
    },
    seek(step) {
      while (shown.run.recording.length() < step) if (!more(shown.run)) break
      showStep(shown, step)
    },
    seekTime: (ms, maxSteps) => showTime(shown, ms, maxSteps),
    runAhead(maxSteps) {
      const end = Math.min(shown.run.recording.length() + maxSteps, STEPS_MAX)
      while (shown.run.recording.length() < end) if (!extend(shown.run)) return
    },
    inject: (action) => inject(shown, action),
    whyNot: (action) => whyNotHere(shown, action),
    step: (index) => stepRecord(shown.run, index),
    verdicts: () => verdictsAt(shown.run, shown.position),
    faults: () => faultStatuses(shown.run, shown.position),
    picture: () => pictureShown(shown),
    flights: () => flightsAt(shown.run, viewShown(shown)),
    actorIds: () => shown.run.built.system.actors.map((actor) => actor.id),
    inspect: (id) => inspectAt(shown.run, viewShown(shown), id),
    palette: (target) => paletteAt(shown.run, viewShown(shown), target),
    expected: () => expectedAt(shown.run, viewShown(shown)),
    document: () => documentOf(shown.run),
    withSetting: (path, value) => withSetting(documentOf(shown.run), path, value),
  }
}
