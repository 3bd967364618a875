// What a schema cannot say of an experiment: that what its steps name is there, and that its settings are.
import { type SettingOwner, settingErrors } from '../brokers/kafka/settings.ts'
import { settingsOfTopic } from './_topics.ts'
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
    ...inGroups(experiment),
  ]
}

function absent(names: object | undefined, name: string, what: string): readonly string[] {
  if (Object.hasOwn(names ?? {}, name)) return []
  const all = Object.keys(names ?? {}).join(', ')
  const those = all === '' ? 'of which there is none' : `one of: ${all}`
  return [`found "${name}", expected a ${what} of this experiment, ${those}`]
}

function inStep(experiment: Experiment, step: Step, at: number): readonly string[] {
  const { topics, producers, consumers } = experiment
  const found: string[] = []
  if ('topic' in step) found.push(...absent(topics, step.topic, 'topic'))
  if ('lane' in step) found.push(...absent(topics, step.lane.split('/')[0] ?? '', 'topic'))
  if (step.do === 'joinGroup' || step.do === 'consumerGroupHeartbeat') {
    found.push(...(step.topics ?? []).flatMap((topic) => absent(topics, topic, 'topic')))
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
  if (step.do === 'produce' && step.keys !== undefined && step.keys.length !== step.values.length) {
    found.push(`${step.values.length} values and ${step.keys.length} keys: one for each, or none`)
  }
  if (step.do === 'waitUntil' && step.starts === undefined && step.log === undefined) {
    found.push('it waits for nothing: say where the log `starts`, or what the `log` is')
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
  const { topics, broker, cluster, producers, consumers } = experiment
  const { shareConsumers, shareGroups } = experiment
  const told = (who: string, of: SettingOwner, settings: Settings) =>
    settingErrors(of, settings).map(
      ({ name, value, expected }) =>
        `${who}/${name}: found ${JSON.stringify(value)}, expected ${expected}`,
    )
  return [
    ...Object.entries(topics).flatMap(([name, topic]) =>
      told(`/topics/${name}/settings`, 'topic', settingsOfTopic(topic)),
    ),
    ...told('/broker', 'broker', broker ?? {}),
    ...told('/cluster/settings', 'broker', cluster?.settings ?? {}),
    ...Object.entries(cluster?.topics ?? {}).flatMap(([name, settings]) =>
      told(`/cluster/topics/${name}`, 'topic', settings),
    ),
    ...Object.entries(producers ?? {}).flatMap(([who, { settings }]) =>
      told(`/producers/${who}/settings`, 'producer', settings),
    ),
    ...Object.entries(consumers ?? {}).flatMap(([who, { settings }]) =>
      told(`/consumers/${who}/settings`, 'consumer', settings),
    ),
    ...Object.entries(shareConsumers ?? {}).flatMap(([who, { settings }]) =>
      told(`/shareConsumers/${who}/settings`, 'share consumer', settings),
    ),
    ...Object.entries(shareGroups ?? {}).flatMap(([who, settings]) =>
      told(`/shareGroups/${who}`, 'share group', settings),
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

/** A group of the model is of one protocol from its beginning to its end. */
function inGroups({ consumers, steps }: Experiment): readonly string[] {
  const used = [
    ...Object.values(consumers ?? {}).map(({ group, settings }) => ({
      group,
      protocol: settings['group.protocol'] ?? 'classic',
    })),
    ...steps.flatMap((step) => {
      if (step.do === 'joinGroup') return [{ group: step.group, protocol: 'classic' }]
      if (step.do !== 'consumerGroupHeartbeat') return []
      return [{ group: step.group, protocol: 'consumer' }]
    }),
  ]
  return [...new Set(used.map(({ group }) => group))]
    .filter((name) => new Set(used.filter((u) => u.group === name).map((u) => u.protocol)).size > 1)
    .map((name) => `${name}: its members use both group.protocol=classic and consumer`)
}

function inSet(experiment: Experiment): readonly string[] {
  if (experiment.class !== 'set' || experiment.never !== undefined) return []
  return ['a set needs `never`: a wrong outcome that it must exclude']
}
