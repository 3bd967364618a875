// Settings of an experiment: names that the model knows, and values that Kafka would take.
import { type Given, type SettingOwner, settingErrors } from '../brokers/kafka/settings.ts'
import { nodesOf } from './_model/cluster.ts'
import { settingsOfTopic } from './_topics.ts'
import type { Experiment } from './types.ts'

const told = (at: string, name: string, value: unknown, expected: string): string =>
  `${at}/${name}: found ${JSON.stringify(value)}, expected ${expected}`

function inOwn(at: string, of: SettingOwner, settings: Given): readonly string[] {
  return settingErrors(of, settings).map(({ name, value, expected }) =>
    told(at, name, value, expected),
  )
}

export function inSettings(experiment: Experiment): readonly string[] {
  const { topics, broker, cluster, producers, consumers } = experiment
  const { groups, shareConsumers, shareGroups } = experiment
  const each = <T>(
    of: Readonly<Record<string, T>> | undefined,
    in_: (who: string, its: T) => readonly string[],
  ) => Object.entries(of ?? {}).flatMap(([who, its]) => in_(who, its))
  return [
    ...each(topics, (name, topic) =>
      inTopic(experiment, `/topics/${name}/settings`, settingsOfTopic(topic)),
    ),
    ...inBroker(experiment, '/broker', broker ?? {}),
    ...inBroker(experiment, '/cluster/settings', cluster?.settings ?? {}),
    ...each(cluster?.topics, (name, its) => inTopic(experiment, `/cluster/topics/${name}`, its)),
    ...each(groups, (name, its) => inGroup(`/groups/${name}`, its)),
    ...each(producers, (who, its) => inOwn(`/producers/${who}/settings`, 'producer', its.settings)),
    ...each(consumers, (who, its) => inOwn(`/consumers/${who}/settings`, 'consumer', its.settings)),
    ...each(shareConsumers, (who, its) =>
      inOwn(`/shareConsumers/${who}/settings`, 'share consumer', its.settings),
    ),
    ...each(shareGroups, (name, its) => inOwn(`/shareGroups/${name}`, 'share group', its)),
    ...inAlterations(experiment),
  ]
}

/** So many nodes there are to hold a replica each. */
function inReplication(experiment: Experiment, at: string, name: string, settings: Given) {
  const count = nodesOf(experiment).length
  const value = settings[name]
  if (typeof value !== 'number' || value <= count) return []
  const expected = `at most ${count}, as there ${count === 1 ? 'is one node' : `are ${count} nodes`}`
  return [told(at, name, value, expected)]
}

const PARTITIONS = 'partitions'

function inTopic(experiment: Experiment, at: string, settings: Given): readonly string[] {
  const { [PARTITIONS]: partitions, ...own } = settings
  const stands = 'nothing: how many there are is said beside the settings of /topics'
  return [
    ...(partitions === undefined ? [] : [told(at, PARTITIONS, partitions, stands)]),
    ...inOwn(at, 'topic', own),
    ...inReplication(experiment, at, 'replication.factor', own),
  ]
}

function inBroker(experiment: Experiment, at: string, settings: Given): readonly string[] {
  return [
    ...inOwn(at, 'broker', settings),
    ...inReplication(experiment, at, 'offsets.topic.replication.factor', settings),
  ]
}

/** What members tell that the script plays, and what the broker keeps for a group of the new protocol. */
const OF_MEMBERS = ['session.timeout.ms', 'max.poll.interval.ms']
const KEPT = 'consumer.session.timeout.ms'
/** group.min.session.timeout.ms and group.consumer.min.session.timeout.ms of every broker of the experiments. */
const LEAST_MS = 1000
const MOST_MS = { [KEPT]: 60_000, 'session.timeout.ms': 1_800_000 } as Readonly<
  Record<string, number>
>
const INTERVAL_MS = 2_147_483_647

function inGroup(at: string, settings: Given): readonly string[] {
  const names = [...OF_MEMBERS, KEPT]
  return Object.entries(settings).flatMap(([name, value]) => {
    if (!names.includes(name)) return [told(at, name, value, `one of: ${names.join(', ')}`)]
    const [least, most] = MOST_MS[name] === undefined ? [1, INTERVAL_MS] : [LEAST_MS, MOST_MS[name]]
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return []
    return [told(at, name, value, `a whole number from ${least} to ${most}, in ms`)]
  })
}

/** Of an alteration the value is the broker's to refuse; a name that the model does not know is nobody's. */
function inAlterations({ steps, cluster }: Experiment): readonly string[] {
  return steps.flatMap((step, i) => {
    if (step.do !== 'alterTopic') return []
    const at = `/steps/${i}/settings`
    const unknown = settingErrors('topic', step.settings).filter(({ isUnknown }) => isUnknown)
    return [
      ...unknown.map(({ name, value, expected }) => told(at, name, value, expected)),
      ...inElections(at, cluster, step.settings),
    ]
  })
}

const UNCLEAN = 'unclean.leader.election.enable'

/** The model's controller elects by what a topic was made with. */
function inElections(at: string, cluster: Experiment['cluster'], settings: Given) {
  if (cluster === undefined || settings[UNCLEAN] === undefined) return []
  return [told(at, UNCLEAN, settings[UNCLEAN], 'it when the topic is made, under /cluster/topics')]
}
