// Whether what was observed on a real broker is what the model says.
import type { Json } from '../engine/types.ts'
import { compareText, hasEntries, isSame } from './_compare.ts'
import { observe, outcomes } from './_model/run.ts'
import type { Experiment, Observed } from './types.ts'

/** What the model says: its one outcome, or all that it allows. */
export function allowedBy(experiment: Experiment): readonly Observed[] {
  return experiment.class === 'set' ? outcomes(experiment) : [observe(experiment)]
}

export interface Judgement {
  readonly agrees: boolean
  /** A sentence each; of an unspecified experiment, only what was seen. */
  readonly because: readonly string[]
}

const show = (value: Json | undefined): string =>
  value === undefined ? 'nothing' : compareText(value)

/** Where two observations part, by the `as` of the steps. */
export function differences(model: Observed, broker: Observed): readonly string[] {
  const names = [...new Set([...Object.keys(model), ...Object.keys(broker)])]
  return names
    .filter((name) => show(model[name]) !== show(broker[name]))
    .map((name) => `${name}: the model says ${show(model[name])}, the broker ${show(broker[name])}`)
}

function judgeSet(
  { never }: Experiment,
  allowed: readonly Observed[],
  seen: readonly Observed[],
): readonly string[] {
  const strange = seen.filter((each) => !allowed.some((one) => isSame(one, each)))
  const outside = strange.map(
    (each) => `the broker did ${show(each)}, none of the ${allowed.length} outcomes of the model`,
  )
  if (never === undefined)
    return ['no wrong outcome is named that the set must exclude', ...outside]
  const wrong = allowed.filter((each) => hasEntries(each, never.observed))
  return [...outside, ...wrong.map((each) => `the model allows ${show(each)}: ${never.because}`)]
}

/** Where the model says something else than the source that the experiment names. */
function unexpected({ expect }: Experiment, allowed: readonly Observed[]): readonly string[] {
  if (expect === undefined) return []
  return differences(allowed[0] as Observed, expect).map((each) =>
    each.replace(', the broker ', ', its source '),
  )
}

/** `seen`: one observation for each repetition on the broker. */
export function judge(
  experiment: Experiment,
  allowed: readonly Observed[],
  seen: readonly Observed[],
): Judgement {
  if (experiment.class === 'unspecified') return { agrees: true, because: [] }
  if (experiment.class === 'set') {
    const because = judgeSet(experiment, allowed, seen)
    return { agrees: because.length === 0, because }
  }
  const unlike = unexpected(experiment, allowed)
  const different = new Map(seen.map((each) => [compareText(each), each]))
  const unstable =
    different.size > 1
      ? [`the broker did ${different.size} different things: it is no constant`]
      : []
  const said = [...different.values()].flatMap((each) => differences(allowed[0] as Observed, each))
  const because = [...unlike, ...unstable, ...new Set(said)]
  return { agrees: because.length === 0, because }
}
