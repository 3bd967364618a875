// What a schema cannot say of an experiment: that what its steps name is there, and that its settings are.
import { settingErrors } from '../brokers/kafka/settings.ts'
import type { Experiment, Step, StepOf } from './types.ts'

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
  if ('consumer' in step) found.push(...absent(consumers, step.consumer, 'consumer'))
  if (step.do === 'join') {
    found.push(...step.consumers.flatMap((name) => absent(consumers, name, 'consumer')))
  }
  if ('who' in step) {
    found.push(...absent({ ...producers, ...consumers }, step.who, 'producer or consumer'))
  }
  if ('later' in step && step.later === true && step.as === undefined && step.do !== 'send') {
    found.push('a step that goes on `later` needs an `as`, by which it is awaited')
  }
  if ('node' in step && step.node !== undefined) found.push(...inNode(experiment, step.node))
  if (experiment.cluster === undefined && NEEDS_CLUSTER.includes(step.do)) {
    found.push('there is no cluster whose nodes could be told apart')
  }
  if (step.do === 'await') found.push(...inAwait(experiment.steps.slice(0, at), step.step))
  return found
}

const NEEDS_CLUSTER: readonly string[] = [
  'killNode',
  'restartNode',
  'pauseNode',
  'resumeNode',
  'awaitLeader',
  'awaitIsr',
  'describePartition',
]

function inNode({ cluster, topics }: Experiment, node: StepOf<'killNode'>['node']) {
  if (cluster === undefined) return ['there is no cluster whose nodes could be named']
  if (typeof node === 'number') {
    return node < cluster.nodes ? [] : [`there are ${cluster.nodes} nodes, counted from 0`]
  }
  if ('coordinatorOf' in node) return []
  const lane = 'leaderOf' in node ? node.leaderOf : node.followerOf
  return absent(topics, lane.split('/')[0] ?? '', 'topic')
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

function inSettings({ producers, consumers, cluster }: Experiment): readonly string[] {
  const told = (who: string, of: Parameters<typeof settingErrors>[0], settings: Settings) =>
    settingErrors(of, settings).map(
      ({ name, value, expected }) => `${who}: ${name} is ${value}, expected ${expected}`,
    )
  return [
    ...told('cluster', 'broker', cluster?.settings ?? {}),
    ...Object.entries(cluster?.topics ?? {}).flatMap(([topic, settings]) =>
      told(topic, 'topic', settings),
    ),
    ...Object.entries(producers ?? {}).flatMap(([who, { settings }]) =>
      told(who, 'producer', settings),
    ),
    ...Object.entries(consumers ?? {}).flatMap(([who, { settings }]) =>
      told(who, 'consumer', settings),
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
