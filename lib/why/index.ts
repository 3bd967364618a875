// Why was it broken? Answered from the run itself: of all that happened before the breach, the few steps without
// which it would not have come to pass.
import type { System } from '../engine/compile.ts'
import type { Action } from '../engine/types.ts'
import { breaksAtRest, isSeenAtOnce, needsOf, type Question } from './doubt.ts'
import { causesOf, type Happening, type History, historyOf } from './history.ts'
import { type Concern, concernOf, salience } from './salience.ts'

/** No more than a person takes in at once (LOOK.md, causal step). */
export const MOST_CAUSES = 7

export interface Why {
  /** Indices of steps, ascending. Each happened before the last, and is needed for the breach. */
  readonly steps: readonly number[]
  /** The misfortunes among them: without any one of these, all else as it was, the guarantee holds. */
  readonly faults: readonly number[]
  /** Where the two histories of one message part: the last step that both of its effects follow from. */
  readonly parting: number | null
}

/**
 * `script` is the run up to its end, or at least to the breach. Steps of the answer are counted in `history`,
 * which leaves out what could not happen; of a script that fits they are the script's own.
 */
export function why(system: System, script: readonly Action[], question: Question): Why {
  const { violation } = question
  const upToIt = script.slice(0, violation.step)
  // What came after a breach that was seen at once has no part in it.
  const atOnce = isSeenAtOnce(system, upToIt, question)
  const history = historyOf(system, atOnce ? upToIt : script)
  const concern = concernOf(history, violation.messages)
  const actions = history.steps.map((step) => step.action)
  const needs = needsOf(system, actions, question)
  const needed: Needed = (step) => needs(step.index)
  const last = breachOf(history, concern, question, needed)
  if (last === null) return { steps: [], faults: [], parting: null }
  const holdsWithout: Needed = ({ index }) =>
    !breaksAtRest(system, actions.toSpliced(index - 1, 1), question)
  const chosen = choose({ history, concern, last, needed, holdsWithout })
  const steps = chosen.map((step) => step.index)
  return {
    steps,
    faults: chosen.filter((step) => step.fault !== '').map((step) => step.index),
    parting: partingOf(history, chosen, concern),
  }
}

type Needed = (step: Happening) => boolean

/**
 * The step of the breach. A breach that only rest reveals has none of its own: it is then the last needed
 * step that tells anything of the message, after which nothing could save it.
 */
function breachOf(
  history: History,
  concern: Concern,
  { invariant, violation }: Question,
  needed: Needed,
): Happening | null {
  const own = history.steps[violation.step - 1]
  const isOwn = own?.observations.some((seen) => invariant.reads.includes(seen.kind as never))
  if (own !== undefined && isOwn === true && salience(own, concern) > 0 && needed(own)) return own
  return history.steps.findLast((step) => salience(step, concern) > 0 && needed(step)) ?? null
}

/** The weightiest causes that are needed; among equals the later ones, which are nearer to the breach. */
function choose({ history, concern, last, needed, holdsWithout }: Choosing): readonly Happening[] {
  const cone = causesOf(history, last.index)
  const weighed = history.steps
    .filter((step) => cone.has(step.index) && step !== last)
    .map((step) => ({ step, weight: salience(step, concern) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || b.step.index - a.step.index)
  const chosen: Happening[] = [last]
  for (const { step } of weighed) {
    if (chosen.length === MOST_CAUSES) break
    // Of a misfortune it must also be so that nothing else would have led to the breach in the end.
    if (needed(step) && (step.fault === '' || holdsWithout(step))) chosen.push(step)
  }
  return chosen.sort((a, b) => a.index - b.index)
}

interface Choosing {
  readonly history: History
  readonly concern: Concern
  readonly last: Happening
  readonly needed: Needed
  readonly holdsWithout: Needed
}

/** The last common cause of the effects of one message that tells of it; null when it had one effect or none. */
function partingOf(
  history: History,
  chosen: readonly Happening[],
  concern: Concern,
): number | null {
  const effects = chosen.filter((step) =>
    step.observations.some((seen) => seen.kind === 'effectApplied'),
  )
  const [first, second] = effects.map((step) => causesOf(history, step.index))
  if (first === undefined || second === undefined) return null
  const common = history.steps.filter(
    (step) =>
      first.has(step.index) &&
      second.has(step.index) &&
      step !== effects[0] &&
      salience(step, concern) > 0,
  )
  return common.at(-1)?.index ?? null
}
