// What a schema cannot say of an experiment: that what its steps name is there, and that its settings are.
import { type SettingOwner, settingErrors } from '../brokers/kafka/settings.ts'
import type { Experiment, Step } from './types.ts'

/** A sentence for each thing that is wrong; none when it can be run. */
export function mistakesIn(experiment: Experiment): readonly string[] {
  return [
    ...experiment.steps.flatMap((step, i) =>
      inStep(experiment, step, i).map((says) => `/steps/${i}: ${says}`),
    ),
    ...inLabels(experiment),
    ...inSettings(experiment),
    ...inCommits(experiment),
    ...inSet(experiment),
  ]
}

function absent(names: object | undefined, name: string, what: string): readonly string[] {
  if (Object.hasOwn(names ?? {}, name)) return []
  return [`there is no ${what} "${name}" in this experiment`]
}

function inStep(experiment: Experiment, step: Step, at: number): readonly string[] {
  const { topics, producers, consumers } = experiment
  const found: string[] = []
  if ('topic' in step) found.push(...absent(topics, step.topic, 'topic'))
  if ('lane' in step) found.push(...absent(topics, step.lane.split('/')[0] ?? '', 'topic'))
  if (step.do === 'joinGroup') {
    found.push(...step.topics.flatMap((topic) => absent(topics, topic, 'topic')))
  }
  if (step.do === 'send' || step.do === 'flush') {
    found.push(...absent(producers, step.producer, 'producer'))
  }
  if ('consumer' in step) {
    const isShared = step.do.startsWith('share')
    const [all, what] = isShared
      ? ([experiment.shareConsumers, 'share consumer'] as const)
      : ([consumers, 'consumer'] as const)
    found.push(...absent(all, step.consumer, what))
  }
  if (step.do === 'join') {
    found.push(...step.consumers.flatMap((name) => absent(consumers, name, 'consumer')))
  }
  if ('who' in step) {
    const all = { ...producers, ...consumers, ...sharersFor(experiment, step) }
    found.push(...absent(all, step.who, 'producer or consumer'))
  }
  if ('later' in step && step.later === true && step.as === undefined && step.do !== 'send') {
    found.push('a step that goes on `later` needs an `as`, by which it is awaited')
  }
  if (step.do === 'await') found.push(...inAwait(experiment.steps.slice(0, at), step.step))
  return found
}

/** A share consumer is started by a step of its own; it crashes like any other. */
function sharersFor({ shareConsumers }: Experiment, step: Step): object {
  return step.do === 'crash' ? (shareConsumers ?? {}) : {}
}

function inAwait(before: readonly Step[], label: string): readonly string[] {
  const asked = before.some((step) => step.as === label && 'later' in step && step.later === true)
  return asked ? [] : [`no step before it goes on \`later\` as "${label}"`]
}

function inLabels({ steps }: Experiment): readonly string[] {
  const labels = steps.flatMap((step) => (step.as === undefined ? [] : [step.as]))
  const twice = labels.filter((label, i) => labels.indexOf(label) !== i)
  return [...new Set(twice)].map((label) => `two steps are called "${label}"`)
}

function inSettings(experiment: Experiment): readonly string[] {
  const { producers, consumers, shareConsumers, shareGroups } = experiment
  const told = (who: string, of: SettingOwner, settings: Settings) =>
    settingErrors(of, settings).map(
      ({ name, value, expected }) => `${who}: ${name} is ${value}, expected ${expected}`,
    )
  return [
    ...Object.entries(producers ?? {}).flatMap(([who, { settings }]) =>
      told(who, 'producer', settings),
    ),
    ...Object.entries(consumers ?? {}).flatMap(([who, { settings }]) =>
      told(who, 'consumer', settings),
    ),
    ...Object.entries(shareConsumers ?? {}).flatMap(([who, { settings }]) =>
      told(who, 'share consumer', settings),
    ),
    ...Object.entries(shareGroups ?? {}).flatMap(([who, settings]) =>
      told(who, 'share group', settings),
    ),
  ]
}
type Settings = Parameters<typeof settingErrors>[1]

/** The model's application commits with one of the two calls. */
function inCommits({ consumers, steps }: Experiment): readonly string[] {
  return Object.keys(consumers ?? {}).flatMap((who) => {
    const calls = steps.flatMap((step) =>
      step.do === 'commit' && step.consumer === who ? [step.api ?? 'commitSync'] : [],
    )
    return new Set(calls).size > 1
      ? [`${who} commits both with commitSync and with commitAsync`]
      : []
  })
}

function inSet(experiment: Experiment): readonly string[] {
  if (experiment.class !== 'set' || experiment.never !== undefined) return []
  return ['a set needs `never`: a wrong outcome that it must exclude']
}
