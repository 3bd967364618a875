// From an experiment to a system: the model's controller, node, coordinators, producers and consumers, as
// in any scenario, and a test client for what the script asks by itself.
import { consumer } from '../../brokers/kafka/consumer.ts'
import { controllerKind } from '../../brokers/kafka/controller.ts'
import { coordinatorKind } from '../../brokers/kafka/coordinator.ts'
import type { Timeouts } from '../../brokers/kafka/coordinator-state.ts'
import { modernCoordinatorKind } from '../../brokers/kafka/modern-coordinator.ts'
import { nodeKind } from '../../brokers/kafka/node.ts'
import { portOfFollower } from '../../brokers/kafka/node-state.ts'
import { producerKind } from '../../brokers/kafka/producer.ts'
import { consumerConfig, producerConfig, type TopicConfig } from '../../brokers/kafka/settings.ts'
import type { HandlerSettings } from '../../clients/types.ts'
import type { Workload } from '../../clients/workload.ts'
import { compile, type System } from '../../engine/compile.ts'
import type { ActorSpec, Kind, LinkSpec, Range } from '../../engine/types.ts'
import { NO_VALUE } from '../_topics.ts'
import type { Experiment, StepOf } from '../types.ts'
import { brokerOf, CONTROLLER, coordinatorOf, hostsOf, nodesOf, topicOf } from './cluster.ts'
import { shareActors, shareGroupSettings, shareGroupsOf } from './share-system.ts'
import { hasTransactions, transactionCoordinator, transactionLinks } from './system-transactions.ts'
import { testClient } from './test-client.ts'

export const CLIENT = 'test client'
/** The coordinator of transactions. */
export const TRANSACTIONS = 'transactions'
/** The connection of the test client that a step uses when it names none. */
export const MAIN = 'main'

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
export function eventTypes(given: readonly (string | null)[]): readonly string[] {
  const values = given.map((value) => value ?? NO_VALUE)
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
    removes: types.filter((_, i) => sends[i]?.value === null),
    keyChoice: experiment.producers?.[id]?.keys ?? 'none',
    cycle: sends.map((send, i) => keys.indexOf(send.key ?? '') * types.length + i),
  }
}

function producers(experiment: Experiment): readonly ActorSpec[] {
  return Object.entries(experiment.producers ?? {}).map(([id, { topic, settings }]) =>
    actor(id, producerKind, {
      ...producerConfig(settings),
      topic,
      nodes: nodesOf(experiment),
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

/** What no experiment is about. */
const FIXED = {
  joinsAtMs: 0,
  restartMs: AT_ONCE,
  pauseMs: AT_ONCE,
  stallMs: AT_ONCE,
  retryMs: AT_ONCE,
  callTimeoutMs: NEVER_MS,
  slowestAnswerMs: 0,
}

function consumers(experiment: Experiment): readonly ActorSpec[] {
  return Object.entries(experiment.consumers ?? {}).map(([id, each]) => {
    const { group, topic, also, settings } = each
    const api = experiment.steps.find((step) => step.do === 'commit' && step.consumer === id)
    const own = consumerConfig(settings)
    return actor(
      id,
      consumer,
      {
        ...own,
        'commit.api': (api?.do === 'commit' ? api.api : undefined) ?? 'commitSync',
        ...FIXED,
        service: group,
        topic,
        ...(also === undefined ? {} : { also }),
        nodes: nodesOf(experiment),
        handler: HANDLER,
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

/** Whether its members use group.protocol=consumer. */
export function isModern(experiment: Experiment, group: string): boolean {
  const played = experiment.steps.some(
    (step) => step.do === 'consumerGroupHeartbeat' && step.group === group,
  )
  const consumers = Object.values(experiment.consumers ?? {}).filter((each) => each.group === group)
  return played || consumers.some(({ settings }) => settings['group.protocol'] === 'consumer')
}

/** What each consumer of a group tells when it joins; members that the script plays tell the group's settings. */
function timeoutsIn({ consumers }: Experiment, group: string): Readonly<Record<string, Timeouts>> {
  const own = Object.entries(consumers ?? {}).filter(([, each]) => each.group === group)
  return Object.fromEntries(own.map(([id, { settings }]) => [id, consumerConfig(settings)]))
}

function coordinators(experiment: Experiment): readonly ActorSpec[] {
  return groupsOf(experiment).map((group, i) => {
    const { 'session.timeout.ms': session, 'max.poll.interval.ms': interval } =
      experiment.groups?.[group] ?? {}
    const told = timeoutsIn(experiment, group)
    const broker = brokerOf(experiment)
    if (isModern(experiment, group)) {
      const own = experiment.groups?.[group]?.['consumer.session.timeout.ms']
      return actor(coordinatorOf(group), modernCoordinatorKind, {
        group,
        'group.consumer.session.timeout.ms': Number(
          own ?? broker['group.consumer.session.timeout.ms'],
        ),
        'max.poll.interval.ms': Number(interval ?? POLL_INTERVAL_MS),
        told,
        longestPollMs: NEVER_MS,
        topics: topicsOf(experiment),
      })
    }
    return actor(coordinatorOf(group), coordinatorKind, {
      group,
      'session.timeout.ms': Number(session ?? SESSION_MS),
      'max.poll.interval.ms': Number(interval ?? POLL_INTERVAL_MS),
      told,
      'group.initial.rebalance.delay.ms': broker['group.initial.rebalance.delay.ms'],
      longestPollMs: NEVER_MS,
      ...(experiment.cluster === undefined ? {} : { replicas: hostsOf(experiment, i) }),
      'broker.session.timeout.ms': broker['broker.session.timeout.ms'],
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
  const nodes = nodesOf(experiment)
  const servers = [CONTROLLER, ...nodes, ...groupsOf(experiment).map(coordinatorOf)]
  const ofProducers = Object.keys(experiment.producers ?? {}).flatMap((id) =>
    [CONTROLLER, ...nodes].map((server) => line(id, server, server, id)),
  )
  const ofConsumers = Object.entries(experiment.consumers ?? {}).flatMap(([id, { group }]) => [
    line(id, CONTROLLER, CONTROLLER, id),
    ...nodes.map((node) => line(id, node, node, id)),
    line(id, 'coordinator', coordinatorOf(group), id),
  ])
  const shared = shareGroupsOf(experiment).map(coordinatorOf)
  const ofShares = shared.map((id) => line(id, CONTROLLER, CONTROLLER, id))
  const ofSharers = Object.entries(experiment.shareConsumers ?? {}).flatMap(([id, { group }]) => [
    line(id, CONTROLLER, CONTROLLER, id),
    ...nodes.map((node) => line(id, node, node, id)),
    line(id, 'coordinator', coordinatorOf(group), id),
  ])
  const ofClient = connectionsOf(experiment).flatMap((client) =>
    servers.map((server) => line(CLIENT, portOf(client, server), server, portOf(client, server))),
  )
  const ofCoordinators = groupsOf(experiment)
    .filter((group) => isModern(experiment, group))
    .map((group) => line(coordinatorOf(group), 'controller', CONTROLLER, coordinatorOf(group)))
  return [
    ...ofProducers,
    ...ofConsumers,
    ...ofShares,
    ...ofSharers,
    ...ofClient,
    ...ofCoordinators,
    ...clusterLinks(experiment),
    ...transactionLinks(experiment),
  ]
}

function clusterLinks(experiment: Experiment): readonly LinkSpec[] {
  if (experiment.cluster === undefined) return []
  const nodes = nodesOf(experiment)
  return nodes.flatMap((node) => [
    line(node, CONTROLLER, CONTROLLER, node),
    ...nodes
      .filter((leader) => leader !== node)
      .map((leader) => line(node, leader, leader, portOfFollower(node))),
    ...hostedBy(experiment, node).map((coordinator) => line(node, coordinator, coordinator, node)),
  ])
}

function hostedBy(experiment: Experiment, node: string): readonly string[] {
  return groupsOf(experiment)
    .filter((_, i) => hostsOf(experiment, i).includes(node))
    .map(coordinatorOf)
}

/** Nobody but the script starts a process again or lets it go on. */
function nodes(experiment: Experiment, topics: Topics): readonly ActorSpec[] {
  const ids = nodesOf(experiment)
  return ids.map((id) => {
    const shareGroups = shareGroupSettings(experiment, NEVER_MS)
    const settings = { nodes: ids, topics, broker: brokerOf(experiment), shareGroups }
    if (experiment.cluster === undefined) return actor(id, nodeKind, settings)
    const cluster = {
      'replica.lag.time.max.ms': brokerOf(experiment)['replica.lag.time.max.ms'],
      hosts: hostedBy(experiment, id),
      restartMs: AT_ONCE,
      pauseMs: AT_ONCE,
      isolatedMs: AT_ONCE,
      slowMs: AT_ONCE,
    }
    return actor(id, nodeKind, { ...settings, cluster })
  })
}

type Topics = Readonly<Record<string, TopicConfig>>

function controller(experiment: Experiment, topics: Topics): ActorSpec {
  const settings = { nodes: nodesOf(experiment), topics }
  if (experiment.cluster === undefined) return actor(CONTROLLER, controllerKind, settings)
  const name = 'broker.session.timeout.ms'
  return actor(CONTROLLER, controllerKind, { ...settings, [name]: brokerOf(experiment)[name] })
}

function topicsOf(experiment: Experiment): Readonly<Record<string, TopicConfig>> {
  const names = Object.keys(experiment.topics)
  return Object.fromEntries(names.map((name) => [name, topicOf(experiment, name)]))
}

export function systemOf(experiment: Experiment): System {
  const topics = topicsOf(experiment)
  return compile({
    actors: [
      ...producers(experiment),
      controller(experiment, topics),
      ...nodes(experiment, topics),
      ...coordinators(experiment),
      ...(hasTransactions(experiment) ? [transactionCoordinator(experiment, topics)] : []),
      ...consumers(experiment),
      ...shareActors(experiment, coordinatorOf, HANDLER, { ...FIXED, nodes: nodesOf(experiment) }),
      actor(CLIENT, testClient, null),
    ],
    links: links(experiment),
  })
}
