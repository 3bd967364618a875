// Runs an experiment on the model: once, the earliest first, or in every order that is possible.
import type { Json } from '../../engine/types.ts'
import { init } from '../../engine/world.ts'
import { compareText } from '../_compare.ts'
import type { Experiment, Observed, Step } from '../types.ts'
import { polling } from './application.ts'
import * as client from './client-steps.ts'
import { acted, type Option, optionsOf, timed } from './clock.ts'
import * as cluster from './cluster-steps.ts'
import { notedLoss } from './given-up.ts'
import * as groups from './group-steps.ts'
import * as log from './log-steps.ts'
import * as members from './member-steps.ts'
import { type Moment, NOTHING_KNOWN, type Setup } from './moment.ts'
import * as offsets from './offset-steps.ts'
import * as raw from './raw-steps.ts'
import * as share from './share-steps.ts'
import { type Done, type Meaning, type Meanings, WITHIN_MS } from './steps.ts'
import { systemOf } from './system.ts'
import * as transactions from './transaction-steps.ts'

/** What an awaited step was, asked again when the script waits for it. */
const awaiting: Meanings['await'] = {
  finish: (moment, step, setup) => {
    const { pending } = moment.known
    const at = pending[step.step]
    const asked = at === undefined ? undefined : setup.experiment.steps[at]
    if (asked === undefined) throw new Error(`no step "${step.step}" waits for its answer`)
    const { later: _, ...now } = asked as Step & { readonly later?: true }
    return meaningOf(now as Step).finish(moment, now as Step, setup)
  },
  patienceMs: (step) => step.withinMs ?? WITHIN_MS,
  expired: (moment) => ({ moment, result: 'no answer' }),
}

const MEANINGS: Meanings = {
  ...raw,
  ...members,
  ...offsets,
  ...client,
  ...cluster,
  ...log,
  ...share,
  ...groups,
  ...transactions,
  await: awaiting,
}

function meaningOf(step: Step): Meaning<Step> {
  return MEANINGS[step.do] as unknown as Meaning<Step>
}

export function setupOf(experiment: Experiment): Setup {
  return { experiment, system: systemOf(experiment) }
}

function firstMoment(setup: Setup): Moment {
  return timed(setup, {
    world: init(setup.system),
    nowMs: 0,
    due: {},
    at: 0,
    begun: false,
    sinceMs: 0,
    happened: [],
    noted: null,
    known: NOTHING_KNOWN,
    observed: {},
  })
}

function begun(setup: Setup, moment: Moment, step: Step): Moment {
  const fresh = { ...moment, begun: true, sinceMs: moment.nowMs, happened: [], noted: null }
  return timed(setup, meaningOf(step).begin?.(fresh, step, setup) ?? fresh)
}

/** The step is over: what came of it is noted under its name, and the next one may begin. */
function over(moment: Moment, step: Step, { result }: Done): Moment {
  const later = 'later' in step && step.later === true
  const named = step.as === undefined || later ? {} : { [step.as]: result }
  return { ...moment, at: moment.at + 1, begun: false, observed: { ...moment.observed, ...named } }
}

function mayHappen(moment: Moment, step: Step, option: Option): boolean {
  return !option.held || meaningOf(step).allows?.(moment, step, option) === true
}

/** Of the actions due first: everything of the system before what the application does. */
function earliest(options: readonly Option[]): readonly Option[] {
  const firstMs = Math.min(...options.map((option) => option.dueMs))
  const first = options.filter((option) => option.dueMs === firstMs)
  return first.sort((a, b) => Number(a.held) - Number(b.held))
}

const isConsumer = ({ experiment }: Setup, actor: string): boolean =>
  experiment.consumers?.[actor] !== undefined

function after(setup: Setup, moment: Moment, option: Option): Moment {
  const nowMs = Math.max(moment.nowMs, option.dueMs)
  const next = notedLoss(setup, acted(setup, { ...moment, nowMs }, option.action))
  // What poll returned is the script's: the thread goes on polling until the script has enough.
  return option.rule === 'Poll' && isConsumer(setup, option.actor)
    ? polling(setup, next, option.actor)
    : next
}

/** Ends the step, if it can be; `quiet`: nothing more is due now. */
function ended(setup: Setup, moment: Moment, step: Step, quiet: boolean): Moment | null {
  const meaning = meaningOf(step)
  if (meaning.atRest === true && !quiet) return null
  const finished = meaning.finish(moment, step, setup)
  return finished === null ? null : over(finished.moment, step, finished)
}

/** Every moment that can follow; none when the script is over. With `all`, also the less likely ones. */
function following(setup: Setup, moment: Moment, all: boolean): readonly Moment[] {
  const step = setup.experiment.steps[moment.at]
  if (step === undefined) return []
  try {
    return within(setup, moment, step, all)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new Error(`step ${moment.at + 1} (${step.do}): ${said}`, { cause: error })
  }
}

function within(setup: Setup, moment: Moment, step: Step, all: boolean): readonly Moment[] {
  const ready = optionsOf(setup, moment)
  if (!moment.begun) {
    const now = ready.filter((option) => !option.held && option.dueMs <= moment.nowMs)
    if (now.length === 0) return [begun(setup, moment, step)]
    if (!all) return [after(setup, moment, now[0] as Option)]
    return [begun(setup, moment, step), ...now.map((option) => after(setup, moment, option))]
  }
  const options = ready.filter((option) => mayHappen(moment, step, option))
  const quiet = options.every((option) => option.dueMs > moment.nowMs)
  const next = ended(setup, moment, step, quiet)
  if (next !== null) return [next]
  const untilMs = moment.sinceMs + (meaningOf(step).patienceMs?.(step) ?? 0)
  const first = earliest(options)
  const dueMs = first[0]?.dueMs ?? Number.POSITIVE_INFINITY
  if (dueMs > untilMs) {
    const late = { ...moment, nowMs: untilMs }
    const expired = meaningOf(step).expired(late, step, setup)
    return [over(timed(setup, expired.moment), step, expired)]
  }
  const taken = all ? first : first.slice(0, 1)
  return taken.map((option) => after(setup, moment, option))
}

const MOST_STEPS = 100_000

/** One run: the system acts before the application, the earliest first. */
export function* moments(experiment: Experiment): Generator<Moment> {
  const setup = setupOf(experiment)
  let moment = firstMoment(setup)
  for (let i = 0; i < MOST_STEPS; i++) {
    yield moment
    const [next] = following(setup, moment, false)
    if (next === undefined) return
    moment = next
  }
  throw new Error(`${experiment.id} comes to no end in ${MOST_STEPS} steps`)
}

/** What comes of one run. */
export function observe(experiment: Experiment): Observed {
  let observed: Observed = {}
  for (const moment of moments(experiment)) observed = moment.observed
  return observed
}

const MOST_MOMENTS = 200_000

/** Every outcome the model allows: all orders of what is due at the same time are followed. */
export function outcomes(experiment: Experiment): readonly Observed[] {
  const setup = setupOf(experiment)
  const seen = new Set<string>()
  const found = new Map<string, Observed>()
  const open: Moment[] = [firstMoment(setup)]
  for (let moment = open.pop(); moment !== undefined; moment = open.pop()) {
    const next = following(setup, moment, true)
    if (next.length === 0) found.set(compareText(moment.observed), moment.observed)
    for (const each of next) {
      const key = JSON.stringify(each as unknown as Json)
      if (seen.has(key)) continue
      seen.add(key)
      if (seen.size > MOST_MOMENTS) {
        throw new Error(`${experiment.id} has more than ${MOST_MOMENTS} moments`)
      }
      open.push(each)
    }
  }
  return [...found.keys()].sort().map((key) => found.get(key) as Observed)
}
