// From an experiment to a system: the model's controller, node, coordinators, producers and consumers, as
// in any scenario, and a test client for what the script asks by itself.
import { consumer } from '../../brokers/kafka/consumer.ts'
import { controllerKind } from '../../brokers/kafka/controller.ts'
import { coordinatorKind } from '../../brokers/kafka/coordinator.ts'
import { nodeKind } from '../../brokers/kafka/node.ts'
import { producerKind } from '../../brokers/kafka/producer.ts'
import {
  consumerConfig,
  producerConfig,
  type TopicConfig,
  topicConfig,
} from '../../brokers/kafka/settings.ts'
import type { HandlerSettings } from '../../clients/types.ts'
import type { Workload } from '../../clients/workload.ts'
import { compile, type System } from '../../engine/compile.ts'
import type { ActorSpec, Kind, LinkSpec, Range } from '../../engine/types.ts'
import type { Experiment, StepOf } from '../types.ts'
import { hasTransactions, transactionCoordinator, transactionLinks } from './system-transactions.ts'
import { testClient } from './test-client.ts'

export const CLIENT = 'test client'
export const CONTROLLER = 'controller'
export const NODE = 'node'
/** The coordinator of transactions. */
export const TRANSACTIONS = 'transactions'
/** The connection of the test client that a step uses when it names none. */
export const MAIN = 'main'

export const coordinatorOf = (group: string): string => `coordinator of ${group}`
/** The test client's port to a server, on one of its connections. */
export const portOf = (client: string, server: string): string => `${client} > ${server}`

const AT_ONCE: Range = [0, 0]
const NEVER_MS = 86_400_000
const SESSION_MS = 45_000
const POLL_INTERVAL_MS = 300_000

export function actor<S, C>(id: string, kind: Kind<S, C>, settings: C, group = ''): ActorSpec {
  return { id, kind, settings, group }
}

/** Twice the same value gets two event ids, so that the model can tell the records apart. */
export function eventTypes(values: readonly string[]): readonly string[] {
  return values.map((value, i) => {
    const before = values.slice(0, i).filter((each) => each === value).length
    return before === 0 ? value : `${value}${AGAIN}${before}`
  })
}
const AGAIN = '\u0000'
export const valueIn = (type: string): string => type.split(AGAIN)[0] as string

/** What a producer is going to send, in the order of the script. */
function workloadOf(experiment: Experiment, id: string): Workload {
  const sends = experiment.steps.filter(
    (step): step is StepOf<'send'> => step.do === 'send' && step.producer === id,
  )
  const keys = [...new Set(sends.map((send) => send.key ?? ''))]
  const types = eventTypes(sends.map((send) => send.value))
  return {
    source: id,
    count: sends.length,
    everyMs: AT_ONCE,
    keys,
    eventTypes: types,
    firstOrder: 0,
    firstN: 0,
    keyChoice: experiment.producers?.[id]?.keys ?? 'none',
    cycle: sends.map((send, i) => keys.indexOf(send.key ?? '') * types.length + i),
  }
}

function producers(experiment: Experiment): readonly ActorSpec[] {
  return Object.entries(experiment.producers ?? {}).map(([id, { topic, settings }]) =>
    actor(id, producerKind, {
      ...producerConfig(settings),
      topic,
      nodes: [NODE],
      workload: workloadOf(experiment, id),
      resendsWithNewId: false,
      together: 0,
      startsAtMs: 0,
      inService: false,
      groupPort: '',
      restartMs: AT_ONCE,
      pauseMs: AT_ONCE,
    }),
  )
}

/** The script does the handler's work itself: the model's own handler is never handed anything. */
const HANDLER: HandlerSettings = {
  effect: 'charge',
  sink: '',
  handles: [],
  strategy: { kind: 'none' },
  ackPoint: 'after',
  workers: 1,
  commitOf: 'lowest-contiguous',
  ms: AT_ONCE,
  onFailure: 'retry-in-place',
  maxAttempts: 1,
}

function consumers(experiment: Experiment): readonly ActorSpec[] {
  return Object.entries(experiment.consumers ?? {}).map(([id, { group, topic, settings }]) => {
    const api = experiment.steps.find((step) => step.do === 'commit' && step.consumer === id)
    const own = consumerConfig(settings)
    return actor(
      id,
      consumer,
      {
        ...own,
        'commit.api': (api?.do === 'commit' ? api.api : undefined) ?? 'commitSync',
        service: group,
        topic,
        nodes: [NODE],
        handler: HANDLER,
        joinsAtMs: 0,
        restartMs: AT_ONCE,
        pauseMs: AT_ONCE,
        stallMs: AT_ONCE,
        retryMs: AT_ONCE,
        callTimeoutMs: NEVER_MS,
        slowestAnswerMs: 0,
      },
      group,
    )
  })
}

/** Every group that a consumer or a step names. */
export function groupsOf(experiment: Experiment): readonly string[] {
  const named = experiment.steps.flatMap((step) => ('group' in step ? [step.group] : []))
  const joined = Object.values(experiment.consumers ?? {}).map(({ group }) => group)
  return [...new Set([...Object.keys(experiment.groups ?? {}), ...joined, ...named])].sort()
}

function coordinators(experiment: Experiment): readonly ActorSpec[] {
  return groupsOf(experiment).map((group) => {
    const own = Object.values(experiment.consumers ?? {}).find((each) => each.group === group)
    const { 'session.timeout.ms': session, 'max.poll.interval.ms': interval } = {
      ...own?.settings,
      ...experiment.groups?.[group],
    }
    return actor(coordinatorOf(group), coordinatorKind, {
      group,
      'session.timeout.ms': Number(session ?? SESSION_MS),
      'max.poll.interval.ms': Number(interval ?? POLL_INTERVAL_MS),
      'group.initial.rebalance.delay.ms': 0,
      longestPollMs: NEVER_MS,
    })
  })
}

/** The connections of the test client that the steps use, each of which is one to every server. */
export function connectionsOf(experiment: Experiment): readonly string[] {
  const named = experiment.steps.flatMap((step) => {
    if ('client' in step && step.client !== undefined) return [step.client]
    return 'member' in step && step.member !== undefined ? [step.member] : []
  })
  return [...new Set([MAIN, ...named])]
}

export function line(from: string, port: string, to: string, at: string): LinkSpec {
  const mode = 'connection'
  return {
    id: `${from}/${port}`,
    from,
    port,
    to,
    at,
    mode,
    requests: [],
    replies: [],
    latency: AT_ONCE,
  }
}

function links(experiment: Experiment): readonly LinkSpec[] {
  const servers = [CONTROLLER, NODE, ...groupsOf(experiment).map(coordinatorOf)]
  const ofProducers = Object.keys(experiment.producers ?? {}).flatMap((id) =>
    [CONTROLLER, NODE].map((server) => line(id, server, server, id)),
  )
  const ofConsumers = Object.entries(experiment.consumers ?? {}).flatMap(([id, { group }]) => [
    line(id, CONTROLLER, CONTROLLER, id),
    line(id, NODE, NODE, id),
    line(id, 'coordinator', coordinatorOf(group), id),
  ])
  const ofClient = connectionsOf(experiment).flatMap((client) =>
    servers.map((server) => line(CLIENT, portOf(client, server), server, portOf(client, server))),
  )
  return [...ofProducers, ...ofConsumers, ...ofClient, ...transactionLinks(experiment)]
}

/** Partitions are added to a controller's first topic, so that one comes first. */
function topicsOf(experiment: Experiment): Readonly<Record<string, TopicConfig>> {
  const grown = experiment.steps.find((step) => step.do === 'addPartitions')
  const first = (topic: string) => (grown?.do === 'addPartitions' && grown.topic === topic ? 0 : 1)
  const names = Object.keys(experiment.topics).sort((a, b) => first(a) - first(b))
  return Object.fromEntries(
    names.map((name) => [name, topicConfig({ partitions: experiment.topics[name] as number })]),
  )
}

export function systemOf(experiment: Experiment): System {
  const cluster = { nodes: [NODE], topics: topicsOf(experiment) }
  return compile({
    actors: [
      ...producers(experiment),
      actor(CONTROLLER, controllerKind, cluster),
      actor(NODE, nodeKind, cluster),
      ...coordinators(experiment),
      ...(hasTransactions(experiment) ? [transactionCoordinator(experiment, cluster)] : []),
      ...consumers(experiment),
      actor(CLIENT, testClient, null),
    ],
    links: links(experiment),
  })
}
