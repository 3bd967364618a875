// What a schema cannot say of an experiment: that what its steps name is there, and that its settings are.
import { inGroups, inIds } from './_check-groups.ts'
import { inNames } from './_check-names.ts'
import { inLives } from './_check-nodes.ts'
import { inSettings } from './_check-settings.ts'
import type { Experiment, Step } from './types.ts'

/** Where and what, a sentence for each thing that is wrong; none when it can be run. */
export function mistakesIn(experiment: Experiment): readonly string[] {
  return [
    ...inNames(experiment),
    ...experiment.steps.flatMap((step, i) => inStep(step).map((says) => `/steps/${i}${says}`)),
    ...inLives(experiment),
    ...inLabels(experiment),
    ...inSettings(experiment),
    ...inCommits(experiment),
    ...inOutcomes(experiment),
    ...inGroups(experiment),
    ...inIds(experiment),
  ]
}

/** What is wrong with a step by itself. */
function inStep(step: Step): readonly string[] {
  const found: string[] = []
  if (step.do === 'produce' && step.keys !== undefined && step.keys.length !== step.values.length) {
    const { keys, values } = step
    found.push(`/keys: found ${keys.length} for ${values.length} values, expected one for each`)
  }
  if (step.do === 'waitUntil' && step.starts === undefined && step.log === undefined) {
    found.push(': it waits for nothing: say where the log `starts`, or what the `log` is')
  }
  if (goesOn(step) && step.as === undefined && step.do !== 'send') {
    found.push(': a step that goes on `later` needs an `as`, by which it is awaited')
  }
  return found
}

const goesOn = (step: Step): boolean => 'later' in step && step.later === true

function inLabels({ steps }: Experiment): readonly string[] {
  const labels = steps.map((step) => step.as)
  return labels.flatMap((label, i) =>
    label !== undefined && labels.indexOf(label) < i
      ? [`/steps/${i}/as: found ${JSON.stringify(label)} again, expected a name of its own`]
      : [],
  )
}

/** The model's application commits with one of the two calls. */
function inCommits({ consumers, steps }: Experiment): readonly string[] {
  return Object.keys(consumers ?? {}).flatMap((who) => {
    const commits = steps.flatMap((step, i) =>
      step.do === 'commit' && step.consumer === who ? [{ i, api: step.api ?? 'commitSync' }] : [],
    )
    const [first] = commits
    const other = commits.find(({ api }) => api !== first?.api)
    if (first === undefined || other === undefined) return []
    const expected = `${first.api} as at /steps/${first.i}: ${who} commits with one of the two`
    return [`/steps/${other.i}/api: found ${other.api}, expected ${expected}`]
  })
}

/** What is said of outcomes has to be about what is observed, else nothing could contradict it. */
function inOutcomes(experiment: Experiment): readonly string[] {
  const { expect = {}, never } = experiment
  return [
    ...inObserved(experiment, '/expect', expect),
    ...inObserved(experiment, '/never/observed', never?.observed ?? {}),
    ...inClass(experiment),
  ]
}

function inObserved({ steps }: Experiment, at: string, observed: object): readonly string[] {
  const labels = steps.flatMap((step) => (step.as === undefined || goesOn(step) ? [] : [step.as]))
  return Object.keys(observed)
    .filter((label) => !labels.includes(label))
    .map((label) => `${at}/${label}: found what no step is called, expected ${CALLED}`)
}

const CALLED = 'the `as` of a step, or of the one that awaits it'

function inClass({ class: kind, expect, never }: Experiment): readonly string[] {
  const isSet = kind === 'set'
  const found: string[] = []
  if (isSet && never === undefined) {
    found.push('/never: found nothing, expected a wrong outcome that the set must exclude')
  }
  if (!isSet && never !== undefined) {
    found.push(`/never: found with the class ${kind}, expected with a set only`)
  }
  if (kind !== 'deterministic' && expect !== undefined) {
    found.push(`/expect: found with the class ${kind}, expected with a deterministic one only`)
  }
  return found
}
